package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Writes long messages of the client piece by piece. Pings or closes of the server that come meanwhile do not reach the client: the fault answers
 * them.
 */
class WhileWriting implements Tampering {
    private static final int LONG = 32 << 10;
    private static final int PIECE = 16 << 10;
    private static final int RSV1 = 4;

    private final int opcode;
    private final Place place;

    /** Control frames of the server that came while a long message was written. */
    private final Queue<Frame> arrived = new ConcurrentLinkedQueue<>();

    /** Whether a long message is under way. Written by the thread that reads from the client. */
    private volatile boolean writing;

    /** Whether that message is compressed. Only the thread that reads from the client, like {@link #over}. */
    private boolean compressed;

    /** Whether the connection has ended for the server. */
    private boolean over;

    /** Where the answers are written. */
    enum Place {
        INSIDE_FRAME,
        BETWEEN_FRAMES
    }

    /**
     * A fault of the answers to some control frames.
     *
     * @param opcode of the server's control frames that the fault answers: ping or close
     */
    WhileWriting(int opcode, Place place) {
        this.opcode = opcode;
        this.place = place;
    }

    /** The answer, if there is one; a close ends the connection in any case. */
    Optional<Frame> answer(Frame control) {
        return Optional.of(Frame.toServer(control.is(Frame.PING) ? Frame.PONG : Frame.CLOSE, control.payload()));
    }

    /** Whether the message under way is compressed. */
    boolean compressed() {
        return compressed;
    }

    @Override
    public void fromServer(Frame frame, Wire wire) throws IOException {
        if (writing && frame.is(opcode)) {
            arrived.add(frame);
        } else {
            wire.toClient(frame);
        }
    }

    @Override
    public void fromClient(Frame frame, Wire wire) throws IOException {
        if (!frame.data() || (frame.payload().length < LONG && !writing)) {
            if (!over) {
                wire.toServer(frame);
            }
            return;
        }
        compressed = frame.is(Frame.CONTINUATION) ? compressed : frame.rsv() == RSV1;
        writing = true;
        write(frame.bytes(), wire);
        answerArrived(wire);
        if (frame.fin()) {
            writing = false;
            answerArrived(wire);
        }
    }

    private void write(byte[] bytes, Wire wire) throws IOException {
        for (int at = 0; at < bytes.length; at += PIECE) {
            if (at > 0 && place == Place.INSIDE_FRAME) {
                answerArrived(wire);
            }
            if (!over) {
                wire.bytesToServer(Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, bytes.length)));
            }
        }
    }

    private void answerArrived(Wire wire) throws IOException {
        for (Frame control = arrived.poll(); control != null && !over; control = arrived.poll()) {
            Optional<Frame> answer = answer(control);
            if (answer.isPresent()) {
                wire.toServer(answer.get());
            }
            if (control.is(Frame.CLOSE)) {
                over = true;
                wire.toClient(control);
                wire.endToServer(Wire.End.FIN);
            }
        }
    }
}
