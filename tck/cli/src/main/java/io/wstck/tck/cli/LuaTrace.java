package io.wstck.tck.cli;

import io.wstck.tck.implementation.script.ScriptTrace;
import io.wstck.tck.report.EscapedText;
import io.wstck.tck.run.ConnectionTrace;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Prints the handshakes and frames of a script's connections as they pass. Times count from its creation. */
final class LuaTrace implements ScriptTrace {
    private final PrintStream out;
    private final long start = System.nanoTime();
    private final AtomicInteger connections = new AtomicInteger();

    LuaTrace(PrintStream out) {
        this.out = out;
    }

    @Override
    public TracedConnection opened(String server) {
        return new ConnectionTrace(connections.incrementAndGet(), server, () -> System.nanoTime() - start, this::print);
    }

    /** Prints the lines of one event together. */
    private void print(List<String> lines) {
        out.print(lines.stream().map(line -> EscapedText.line(line) + "\n").collect(Collectors.joining()));
        out.flush();
    }
}
