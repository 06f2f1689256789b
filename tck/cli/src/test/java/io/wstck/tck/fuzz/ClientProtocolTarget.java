package io.wstck.tck.fuzz;

import io.wstck.client.Message;
import io.wstck.client.protocol.ProtocolEvent;
import io.wstck.client.protocol.Violation;
import java.util.List;

/**
 * Bytes of a server that the client's protocol core reads. Allowed outcomes are events and a {@link Violation}. Each
 * message is within the read limit. The outcome does not depend on the sizes of the reads.
 */
final class ClientProtocolTarget implements FuzzTarget {
    @Override
    public void play(byte[] input) {
        FrameInput frames = FrameInput.of(input);
        List<Object> whole = ClientFrames.read(frames, ReadSizes.WHOLE);
        ReadSizes segments = ReadSizes.forInput(input);
        FuzzFinding.unlessEqual(
                "expected the same outcome for bytes read whole and " + segments,
                whole,
                ClientFrames.read(frames, segments));
        for (Object outcome : whole) {
            if (outcome instanceof ProtocolEvent.MessageReceived(Message message)
                    && message.bytes().length > frames.readLimit()) {
                throw new FuzzFinding("expected messages of at most " + frames.readLimit() + " bytes, got " + message);
            }
        }
    }
}
