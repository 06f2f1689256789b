package io.wstck.tck.prove.faults;

import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Writes long messages of the client piece by piece. The client does not see pings or closes that the server sends
 * meanwhile, because the fault answers them.
 */
class PiecewiseWriter implements Tampering {
    private static final int LONG = 32 << 10;
    private static final int PIECE = 16 << 10;
    private static final int RSV1 = 4;

    private final int opcode;
    private final AnswerPosition place;

    /** Control frames that the server sent while a long message was written. */
    private final Queue<RelayedFrame> arrived = new ConcurrentLinkedQueue<>();

    /** Whether a long message is being written. Set by the thread that reads from the client. */
    private volatile boolean writing;

    /** Whether that message is compressed. Used only by the thread that reads from the client, like {@link #over}. */
    private boolean compressed;

    /** Whether the connection to the server has ended. */
    private boolean over;

    /** Where the fault writes its answers. */
    enum AnswerPosition {
        INSIDE_FRAME,
        BETWEEN_FRAMES
    }

    /**
     * A fault in the answers to some control frames.
     *
     * @param opcode the opcode of the control frames that the fault answers: ping or close
     */
    PiecewiseWriter(int opcode, AnswerPosition place) {
        this.opcode = opcode;
        this.place = place;
    }

    /** Returns the answer to a control frame, or empty for none. A close ends the connection in both cases. */
    Optional<RelayedFrame> answer(RelayedFrame control) {
        return Optional.of(RelayedFrame.toServer(
                control.is(RelayedFrame.PING) ? RelayedFrame.PONG : RelayedFrame.CLOSE, control.payload()));
    }

    /** Whether the message that is being written is compressed. */
    boolean compressed() {
        return compressed;
    }

    @Override
    public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
        if (writing && frame.is(opcode)) {
            arrived.add(frame);
        } else {
            wire.toClient(frame);
        }
    }

    @Override
    public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
        if (!frame.isData() || (frame.payload().length < LONG && !writing)) {
            if (!over) {
                wire.toServer(frame);
            }
            return;
        }
        compressed = frame.is(RelayedFrame.CONTINUATION) ? compressed : frame.rsv() == RSV1;
        writing = true;
        write(frame.bytes(), wire);
        answerArrived(wire);
        if (frame.fin()) {
            writing = false;
            answerArrived(wire);
        }
    }

    private void write(byte[] bytes, RelayOutput wire) throws IOException {
        for (int at = 0; at < bytes.length; at += PIECE) {
            if (at > 0 && place == AnswerPosition.INSIDE_FRAME) {
                answerArrived(wire);
            }
            if (!over) {
                wire.bytesToServer(Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, bytes.length)));
            }
        }
    }

    private void answerArrived(RelayOutput wire) throws IOException {
        for (RelayedFrame control = arrived.poll(); control != null && !over; control = arrived.poll()) {
            Optional<RelayedFrame> answer = answer(control);
            if (answer.isPresent()) {
                wire.toServer(answer.get());
            }
            if (control.is(RelayedFrame.CLOSE)) {
                over = true;
                wire.toClient(control);
                wire.endToServer(RelayOutput.TcpEnding.FIN);
            }
        }
    }
}
