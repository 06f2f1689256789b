package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Suspends a JVM for a while, and checks that it notices. */
class StallDetectorTest {
    private static final Duration STOPPED = Duration.ofMillis(600);

    /** The program that is suspended. It reports when it runs, and prints its worst stall on request. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            try (StallDetector detector = StallDetector.start()) {
                long from = System.nanoTime();
                System.out.println("beating");
                if (System.in.read() != '\n') {
                    throw new IOException("expected a line end");
                }
                System.out.println(detector.worstStall(from, System.nanoTime()).toMillis());
                System.out.println(calm(detector));
            }
        }

        /** Waits until both threads have woken again, and returns the worst stall. */
        private static long calm(StallDetector detector) {
            while (true) {
                long now = System.nanoTime();
                long late = detector.worstStall(now, now).toMillis();
                if (late < STOPPED.toMillis()) {
                    return late;
                }
                Thread.onSpinWait();
            }
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc tells whether a process is stopped")
    void aSuspendedProgramIsAStall() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader told = program.inputReader()) {
            assertThat(told.readLine()).isEqualTo("beating");
            signal("STOP", program);
            while (!isStopped(program)) {
                Thread.onSpinWait();
            }
            TimeUnit.NANOSECONDS.sleep(STOPPED.toNanos());
            signal("CONT", program);
            program.getOutputStream().write('\n');
            program.getOutputStream().flush();

            // The wakeup during the suspension was due at most one interval later.
            assertThat(Long.parseLong(told.readLine())).isBetween(STOPPED.toMillis() - 20, 60_000L);
            assertThat(Long.parseLong(told.readLine())).isLessThan(STOPPED.toMillis());
            assertThat(program.waitFor()).isZero();
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    private static void signal(String name, Process program) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(program.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static boolean isStopped(Process program) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(program.pid()), "stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    }
}
