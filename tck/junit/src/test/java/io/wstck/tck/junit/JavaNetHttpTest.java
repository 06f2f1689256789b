package io.wstck.tck.junit;

import io.wstck.tck.cases.Selection;
import io.wstck.tck.implementation.calls.CalledClient;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Judges a JVM client in its own build, with some cases that the JDK's client passes. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class JavaNetHttpTest extends ClientCertification {
    @Override
    protected CalledClient client() {
        return new JavaNetHttpClient();
    }

    @Override
    protected Selection selection() {
        return new Selection(
                List.of(
                        "send.text*",
                        "send.binary*",
                        "send.order*",
                        "ping.frame*",
                        "options.protocols.offered",
                        "options.headers.sent",
                        "receive.message",
                        "close.application-codes"),
                List.of(),
                Set.of());
    }
}
