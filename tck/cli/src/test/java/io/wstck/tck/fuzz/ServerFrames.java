package io.wstck.tck.fuzz;

import io.wstck.server.wire.FrameReader;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.RecordedPayload.DigestMode;
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

    /** Returns the events of the bytes, including their end. */
    static List<WireEvent> read(FrameInput input, ReadSizes segments) {
        List<WireEvent> events = new ArrayList<>();
        byte[] wire = input.wire();
        int seed = ReadSizes.seed(wire);
        MemoryBudget budget = new MemoryBudget(BUDGET);
        try (MemoryBudget.MemoryReservation memory = budget.newReservation()) {
            FrameReader reader = reader(input, memory);
            ByteBuffer read = ByteBuffer.wrap(wire);
            int size;
            for (int at = 0; at < wire.length; at += size) {
                size = segments.next(at, wire.length, seed);
                reader.feed(read.limit(at + size), event -> {
                    events.add(event);
                    if (event instanceof WireEvent.MessageRead(var message)) {
                        memory.release(message.content().length());
                    }
                });
            }
            reader.endInput(events::add);
            checkGivenBack(events, budget);
        }
        return events;
    }

    private static FrameReader reader(FrameInput input, MemoryBudget.MemoryReservation memory) {
        if (!input.deflate()) {
            return FrameReader.withoutExtensions(DigestMode.COMPUTED, memory);
        }
        ContextTakeover takeover = input.contextTakeover() ? ContextTakeover.SLIDING : ContextTakeover.NONE;
        return FrameReader.withInflater(
                new DeflateParameters(takeover, takeover, DeflateParameters.MAX_BITS, DeflateParameters.MAX_BITS),
                DigestMode.COMPUTED,
                memory);
    }

    /**
     * Checks that the connection holds no memory between two messages: after a message event and without a partial
     * frame.
     */
    private static void checkGivenBack(List<WireEvent> events, MemoryBudget budget) {
        boolean between = !events.isEmpty() && events.getLast() instanceof WireEvent.MessageRead;
        if (between && !budget.tryReserve(BUDGET)) {
            throw new FuzzFinding("expected all memory to be given back after " + events.getLast() + ", got less");
        }
        if (between) {
            budget.release(BUDGET);
        }
    }
}
