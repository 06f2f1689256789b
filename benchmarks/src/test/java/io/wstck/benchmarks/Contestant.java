package io.wstck.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A client in its process, beside the others of a table, and the turns that it has had. For one thread. */
final class Contestant implements AutoCloseable {
    /** The figures of one turn. */
    record Turn(double messagesPerSecond, double processorMicros, double allocatedBytes) {}

    private final String title;
    private final String version;
    private final ChildProcess process;
    private final List<Turn> turns = new ArrayList<>();

    private Contestant(String title, String version, ChildProcess process) {
        this.title = title;
        this.version = version;
        this.process = process;
    }

    /** A client that is not measured, and why. */
    static final class AbsentException extends Exception {
        private static final long serialVersionUID = 1;

        AbsentException(String message) {
            super(message);
        }
    }

    /** Takes over a process that was started, and waits until it is connected. */
    static Contestant of(String title, ChildProcess process) throws IOException, AbsentException {
        String[] answer = process.readLine().split(" ", 2);
        if (!answer[0].equals("ready")) {
            process.close();
            throw new AbsentException(title + ": " + answer[1]);
        }
        return new Contestant(title, answer[1], process);
    }

    /** Runs without counting. */
    void warmUp(Duration time) throws IOException {
        run(time);
    }

    /** Has a turn that counts. */
    void haveTurn(Duration time) throws IOException {
        turns.add(run(time));
    }

    private Turn run(Duration time) throws IOException {
        process.writeLine(String.valueOf(time.toMillis()));
        String[] answer = process.readLine().split(" ", -1);
        if (!answer[0].equals("ran")) {
            throw new IOException(title + ": expected the figures of a turn, got " + String.join(" ", answer));
        }
        double messages = Double.parseDouble(answer[1]);
        return new Turn(
                messages / (Double.parseDouble(answer[2]) / 1e9),
                Double.parseDouble(answer[3]) / 1e3 / messages,
                Double.parseDouble(answer[4]) / messages);
    }

    String title() {
        return title;
    }

    String version() {
        return version;
    }

    List<Turn> turns() {
        return List.copyOf(turns);
    }

    @Override
    public void close() {
        process.close();
    }
}
