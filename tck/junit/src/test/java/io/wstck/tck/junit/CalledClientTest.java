package io.wstck.tck.junit;

import io.wstck.tck.cases.Selection;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.calls.BundledCalledClient;
import io.wstck.tck.implementation.calls.CalledClient;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The bundled client passes every case when the kit calls it through the documented interfaces. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class CalledClientTest extends ClientCertification {
    @Override
    protected CalledClient client() {
        return new BundledCalledClient();
    }

    @Override
    protected Profile profile() {
        return Profile.API;
    }

    @Override
    protected Selection selection() {
        return new Selection(
                List.of(
                        "send.*",
                        "close.*",
                        "receive.*",
                        "connect.*",
                        "permission.*",
                        "options.protocols.*",
                        "options.headers.*",
                        "options.channel-capacity.*",
                        "ping.*",
                        "remote-close.*",
                        "errors.*"),
                List.of(),
                Set.of());
    }
}
