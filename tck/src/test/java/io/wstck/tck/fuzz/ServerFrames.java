package io.wstck.tck.fuzz;

import io.wstck.server.wire.FrameReader;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Payload.Digest;
import io.wstck.server.wire.WireEvent;
import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads frames as the reference server does. */
final class ServerFrames {
    private static final long BUDGET = 128 << 20;

    private ServerFrames() {}

    /** Returns what the bytes are, up to and including their end. */
    static List<WireEvent> read(FrameInput input, Segments segments) {
        List<WireEvent> events = new ArrayList<>();
        byte[] wire = input.wire();
        int seed = Segments.seed(wire);
        MemoryBudget budget = new MemoryBudget(BUDGET);
        try (MemoryBudget.Share memory = budget.share()) {
            FrameReader reader = reader(input, memory);
            ByteBuffer read = ByteBuffer.wrap(wire);
            int size;
            for (int at = 0; at < wire.length; at += size) {
                size = segments.next(at, wire.length, seed);
                reader.feed(read.limit(at + size), event -> {
                    events.add(event);
                    if (event instanceof WireEvent.MessageRead(var message)) {
                        memory.give(message.content().length());
                    }
                });
            }
            reader.end(events::add);
            checkGivenBack(events, budget);
        }
        return events;
    }

    private static FrameReader reader(FrameInput input, MemoryBudget.Share memory) {
        if (!input.deflate()) {
            return FrameReader.plain(Digest.MADE, memory);
        }
        ContextTakeover takeover = input.contextTakeover() ? ContextTakeover.SLIDING : ContextTakeover.NONE;
        return FrameReader.inflating(
                new DeflateParameters(takeover, takeover, DeflateParameters.MAX_BITS, DeflateParameters.MAX_BITS),
                Digest.MADE,
                memory);
    }

    /** Between two messages a connection holds nothing: the last event was one, and no frame is incomplete. */
    private static void checkGivenBack(List<WireEvent> events, MemoryBudget budget) {
        boolean between = !events.isEmpty() && events.getLast() instanceof WireEvent.MessageRead;
        if (between && !budget.take(BUDGET)) {
            throw new Finding("expected all memory to be given back after " + events.getLast() + ", got less");
        }
        if (between) {
            budget.give(BUDGET);
        }
    }
}
