package io.wstck.tck.fuzz;

import io.wstck.client.Message;
import io.wstck.client.protocol.Event;
import io.wstck.client.protocol.ProtocolException;
import java.util.List;

/**
 * Bytes of a server, read by the client's protocol core. Allowed outcomes are events and a {@link ProtocolException}; a message is
 * within the read limit; the outcome is the same whichever way the bytes are divided into reads.
 */
final class ClientProtocolTarget implements FuzzTarget {
    @Override
    public void play(byte[] input) {
        FrameInput frames = FrameInput.of(input);
        List<Object> whole = ClientFrames.read(frames, Segments.WHOLE);
        Segments segments = Segments.forInput(input);
        Finding.unlessEqual(
                "expected the same outcome for bytes read whole and " + segments,
                whole,
                ClientFrames.read(frames, segments));
        for (Object outcome : whole) {
            if (outcome instanceof Event.MessageReceived(Message message)
                    && message.bytes().length > frames.readLimit()) {
                throw new Finding("expected messages of at most " + frames.readLimit() + " bytes, got " + message);
            }
        }
    }
}
