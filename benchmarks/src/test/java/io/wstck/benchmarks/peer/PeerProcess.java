package io.wstck.benchmarks.peer;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The program that runs one client. Arguments: the kind, the workload, the URL, the file with the server's key. It
 * prints {@code ready VERSION} or {@code absent REASON}. Each line that it reads has milliseconds. It runs a turn of
 * that time, and prints {@code ran MESSAGES NANOSECONDS PROCESSOR-NANOSECONDS ALLOCATED-BYTES}. It ends with its input.
 */
public final class PeerProcess {
    private PeerProcess() {}

    /** Runs the client. */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        // A library may print to the standard output.
        System.setOut(System.err);
        PeerKind kind = PeerKind.valueOf(arguments[0]);
        Workload workload = Workload.valueOf(arguments[1]);
        Optional<TestTls> tls = workload.layer() == Workload.Layer.TLS
                ? Optional.of(TestTls.read(Path.of(arguments[3])))
                : Optional.empty();
        try (EchoPeer peer = kind.create()) {
            peer.connect(new PeerTarget(URI.create(arguments[2]), workload, tls));
            answers.println("ready " + peer.version());
            serve(peer, answers);
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            answers.println("absent its library is not in this build");
        } catch (UnsupportedOperationException e) {
            answers.println("absent " + e.getMessage());
        }
        // Libraries leave threads behind.
        System.exit(0);
    }

    private static void serve(EchoPeer peer, PrintStream answers) throws Exception {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            Duration time = Duration.ofMillis(Long.parseLong(line));
            long processor = system.getProcessCpuTime();
            long allocated = threads.getTotalThreadAllocatedBytes();
            EchoPeer.Turn turn = peer.run(time);
            answers.println("ran " + turn.messages() + " " + turn.nanos() + " "
                    + (system.getProcessCpuTime() - processor) + " "
                    + (threads.getTotalThreadAllocatedBytes() - allocated));
        }
    }
}
