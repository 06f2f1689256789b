package io.wstck.tck.implementation.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Real processes, ended by threads that were interrupted. */
@Timeout(60)
class ProcessTreeTest {
    @RepeatedTest(10)
    void anInterruptedThreadAlsoWaitsUntilAllProcessesAreGone() throws Exception {
        ProcessTree tree =
                ProcessTree.start(new ProcessBuilder("sh", "-c", "sleep 100 & ".repeat(10) + "echo started; wait"));
        assertThat(tree.process().inputReader().readLine()).isEqualTo("started");
        List<ProcessHandle> all = tree.process().descendants().toList();
        assertThat(all).isNotEmpty();

        Thread.currentThread().interrupt();
        tree.end();
        // Counted at once: a killed process ends within some milliseconds.
        long running = all.stream().filter(one -> !ended(one)).count();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(running).isZero();
        assertThat(tree.process().isAlive()).isFalse();
    }

    /** A zombie has ended. Its files are left until another process has read its exit status. */
    private static boolean ended(ProcessHandle one) {
        Path commandLine = Path.of("/proc/" + one.pid() + "/cmdline");
        try {
            return !one.isAlive() || Files.readString(commandLine).isEmpty();
        } catch (IOException e) {
            return !one.isAlive();
        }
    }
}
