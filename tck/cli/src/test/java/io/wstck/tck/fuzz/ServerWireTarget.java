package io.wstck.tck.fuzz;

import io.wstck.server.wire.WireEvent;
import java.util.List;

/**
 * Bytes of a client that the reference server reads. All bytes become events and nothing is thrown. The outcome does
 * not depend on the sizes of the reads. The memory of delivered messages is released.
 */
final class ServerWireTarget implements FuzzTarget {
    @Override
    public void play(byte[] input) {
        FrameInput frames = FrameInput.of(input);
        List<WireEvent> whole = ServerFrames.read(frames, ReadSizes.WHOLE);
        ReadSizes segments = ReadSizes.forInput(input);
        FuzzFinding.unlessEqual(
                "expected the same outcome for bytes read whole and " + segments,
                whole,
                ServerFrames.read(frames, segments));
        for (WireEvent event : whole) {
            if (event instanceof WireEvent.ViolationFound(var violation)) {
                MessageChecks.check(violation.detail(), 300);
            }
        }
    }
}
