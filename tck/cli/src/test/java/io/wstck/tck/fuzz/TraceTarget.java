package io.wstck.tck.fuzz;

import io.wstck.tck.run.ConnectionTrace;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes of both sides of a connection that is traced. Each piece begins with a byte: bit 7 is set for bytes of the
 * server, and the other bits are the length. The only outcome is lines, which do not depend on the sizes of the reads.
 */
final class TraceTarget implements FuzzTarget {
    /** Longer than any line should be. */
    private static final int MAX_LINE = 1000;

    private static final int FROM_SERVER = 0x80;

    @Override
    public void play(byte[] input) {
        List<String> whole = lines(input, 0x7F);
        whole.forEach(line -> MessageChecks.checkLength(line, MAX_LINE));
        FuzzFinding.unlessEqual(
                "expected the same lines for bytes read one by one", frames(whole), frames(lines(input, 1)));
    }

    /** The lines before bytes that are neither a head nor a frame, because those are printed as they were read. */
    private static List<String> frames(List<String> lines) {
        return lines.stream().takeWhile(line -> !line.contains(" raw byte")).toList();
    }

    private static List<String> lines(byte[] input, int readSize) {
        List<String> lines = new ArrayList<>();
        ConnectionTrace trace = new ConnectionTrace(1, "a.test", () -> 0, lines::addAll);
        ByteBuffer pieces = ByteBuffer.wrap(input);
        while (pieces.hasRemaining()) {
            int head = pieces.get() & 0xFF;
            int left = Math.min(head & 0x7F, pieces.remaining());
            while (left > 0) {
                int count = Math.min(left, readSize);
                ByteBuffer piece = pieces.slice(pieces.position(), count);
                pieces.position(pieces.position() + count);
                left -= count;
                if ((head & FROM_SERVER) != 0) {
                    trace.received(piece);
                } else {
                    trace.sent(piece);
                }
            }
        }
        trace.endedByServer();
        return lines;
    }
}
