package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Helping threads look like new threads to their task, and hold nothing of a program while they are idle. */
@Timeout(60)
class HelperThreadsTest {
    private static final InheritableThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();

    /** The properties of its thread that a task sees. */
    private record Sight(Thread thread, String name, ClassLoader loader, Optional<String> inherited) {
        static Sight now() {
            Thread thread = Thread.currentThread();
            return new Sight(
                    thread, thread.getName(), thread.getContextClassLoader(), Optional.ofNullable(INHERITABLE.get()));
        }
    }

    @Test
    void aTaskHasItsNameAndTheClassLoaderOfItsCallerAndTheIdleThreadHasNeither() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
            Sight sight = runFrom(Thread.ofPlatform(), () -> {
                Thread.currentThread().setContextClassLoader(loader);
                INHERITABLE.set("a value of the program");
            });

            assertThat(sight.thread().isVirtual()).isFalse();
            assertThat(sight.thread().isDaemon()).isTrue();
            assertThat(sight.name()).isEqualTo("wstck-test");
            assertThat(sight.loader()).isSameAs(loader);
            assertThat(sight.inherited()).isEmpty();
            waitUntil(() -> sight.thread().getName().equals(HelperThreads.IDLE_NAME));
            assertThat(sight.thread().getContextClassLoader()).isNotSameAs(loader);
        }
    }

    @Test
    void aVirtualThreadIsHelpedByAVirtualThread() throws Exception {
        Sight sight = runFrom(Thread.ofVirtual(), () -> {});

        assertThat(sight.thread().isVirtual()).isTrue();
        assertThat(sight.name()).isEqualTo("wstck-test");
    }

    /** Runs a task as a helper of a thread of this kind, and returns what the task sees. */
    private static Sight runFrom(Thread.Builder kind, Runnable before) throws Exception {
        FutureTask<Sight> task = new FutureTask<>(Sight::now);
        kind.start(() -> {
            before.run();
            HelperThreads.runOnSameKind("wstck-test", task);
        });
        return get(task);
    }
}
