package io.wstck.tck.fuzz;

import io.wstck.client.protocol.Event;
import io.wstck.client.protocol.FrameReader;
import io.wstck.client.protocol.ProtocolException;
import io.wstck.client.protocol.deflate.DeflateParameters;
import io.wstck.client.protocol.deflate.Window;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads frames as the client's connections do: into one buffer that each read overwrites. */
final class ClientFrames {
    private static final int MAX_DETAIL = 300;

    private ClientFrames() {}

    /** Returns the events, then the violation if there is one; nothing is read after a close frame. */
    static List<Object> read(FrameInput input, Segments segments) {
        List<Object> outcome = new ArrayList<>();
        byte[] wire = input.wire();
        int seed = Segments.seed(wire);
        ByteBuffer buffer = ByteBuffer.allocate(wire.length);
        try (FrameReader reader = new FrameReader(input.readLimit(), parameters(input))) {
            int size;
            for (int at = 0; at < wire.length; at += size) {
                size = segments.next(at, wire.length, seed);
                buffer.clear().put(wire, at, size).flip();
                while (true) {
                    Event event = reader.next(buffer);
                    if (event == Event.Starved.STARVED) {
                        break;
                    }
                    outcome.add(event);
                    if (event instanceof Event.CloseReceived) {
                        return outcome;
                    }
                }
            }
        } catch (ProtocolException e) {
            // The message may say how many bytes had been read: it depends on the reads, the violation must not.
            outcome.add(e.violation());
            Sentences.check(e.getMessage(), MAX_DETAIL);
        }
        return outcome;
    }

    private static Optional<DeflateParameters> parameters(FrameInput input) {
        Window window = input.contextTakeover() ? Window.SLIDING : Window.RESET;
        return input.deflate() ? Optional.of(new DeflateParameters(window, window)) : Optional.empty();
    }
}
