package io.wstck.tck.junit;

import com.example.client.BrokenClient;
import com.example.client.BrokenClient.Defect;
import io.wstck.tck.cases.Selection;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.calls.BundledCalledClient;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ConnectCall;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program whose client interrupts every thread of the JVM after a while, also the kit's threads. It prints the
 * exception of the JUnit class. The argument is the folder of the reports.
 */
final class InterruptedHost {
    /** More than the number of cases that are played side by side, so that the first cases have been judged. */
    private static final int INNOCENT_CONNECTS = 100;

    private InterruptedHost() {}

    /** Judges the client. */
    public static void main(String[] arguments) throws Exception {
        try {
            new Certified(Path.of(arguments[0])).cases();
            System.out.println("nothing was thrown");
        } catch (InterruptedException e) {
            System.out.println(e.getMessage());
        }
        System.exit(0);
    }

    private static final class Certified extends ClientCertification {
        private final Path folder;

        private Certified(Path folder) {
            this.folder = folder;
        }

        @Override
        protected CalledClient client() {
            return new LateInterrupter();
        }

        @Override
        protected Path reports() {
            return folder;
        }

        @Override
        protected Optional<Path> known() {
            return Optional.empty();
        }

        @Override
        protected Selection selection() {
            return new Selection(List.of("close.*", "handshake.*", "send.*"), List.of(), Set.of());
        }
    }

    private static final class LateInterrupter implements CalledClient {
        private final CalledClient good = new BundledCalledClient();
        private final CalledClient broken = new BrokenClient(Defect.CONNECT_INTERRUPTS_EVERYBODY, "*");
        private final AtomicInteger connects = new AtomicInteger();

        @Override
        public Description description() {
            return good.description();
        }

        @Override
        public CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException {
            return (connects.incrementAndGet() < INNOCENT_CONNECTS ? good : broken).connect(call);
        }

        @Override
        public void close() {
            good.close();
            broken.close();
        }
    }
}
