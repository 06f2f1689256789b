package io.wstck.tck.fuzz;

import io.wstck.server.wire.WireEvent;
import java.util.List;

/**
 * Bytes of a client, read by the reference server. All bytes become events and nothing is thrown; the outcome is the same
 * whichever way the bytes are divided into reads; and the memory of messages that were handed over is given back.
 */
final class ServerWireTarget implements FuzzTarget {
    @Override
    public void play(byte[] input) {
        FrameInput frames = FrameInput.of(input);
        List<WireEvent> whole = ServerFrames.read(frames, Segments.WHOLE);
        Segments segments = Segments.forInput(input);
        Finding.unlessEqual(
                "expected the same outcome for bytes read whole and " + segments,
                whole,
                ServerFrames.read(frames, segments));
        for (WireEvent event : whole) {
            if (event instanceof WireEvent.ViolationFound(var violation)) {
                Sentences.check(violation.detail(), 300);
            }
        }
    }
}
