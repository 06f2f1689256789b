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

/** How late this machine wakes, seen from the outside: a JVM is stopped for a while. */
class HeartbeatTest {
    private static final Duration STOPPED = Duration.ofMillis(600);

    /** The program that is stopped: tells when it beats; told to, it says how late it has been. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            try (Heartbeat heartbeat = Heartbeat.start()) {
                long from = System.nanoTime();
                System.out.println("beating");
                if (System.in.read() != '\n') {
                    throw new IOException("expected a line end");
                }
                System.out.println(heartbeat.worst(from, System.nanoTime()).toMillis());
                System.out.println(calm(heartbeat));
            }
        }

        /** How late it was when it was not late any more: each of its threads has to wake first. */
        private static long calm(Heartbeat heartbeat) {
            while (true) {
                long now = System.nanoTime();
                long late = heartbeat.worst(now, now).toMillis();
                if (late < STOPPED.toMillis()) {
                    return late;
                }
                Thread.onSpinWait();
            }
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc tells whether a process is stopped")
    void aStopOfTheWholeProgramIsLateness() throws Exception {
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

            // The beat that was under way when the program was stopped was due at most one interval later.
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
