package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Head;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A read limit (see {@link MovedOption}) on the bytes that cross the wire. */
final class RelayedReadLimit implements Tampering {
    private static final short MESSAGE_TOO_BIG = 1009;

    private final Measure measure;

    /** Set with the request, and read after its answer: the server orders the two threads. */
    private volatile double limit = Double.MAX_VALUE;

    /** Only the thread that reads from the server: bytes of the message so far. */
    private long length;

    /** What is held against the limit, and when. */
    enum Measure {
        /** The message so far, with each of its frames. */
        MESSAGE,
        /** Each frame on its own. */
        FRAME,
        /** The message when it is complete. */
        WHOLE_MESSAGE
    }

    RelayedReadLimit(Measure measure) {
        this.measure = measure;
    }

    @Override
    public Head request(Head head) {
        limit = MovedOption.value(head).orElse(Double.MAX_VALUE);
        return MovedOption.without(head);
    }

    @Override
    public void fromServer(Frame frame, Wire wire) throws IOException {
        if (frame.data() && exceeded(frame)) {
            byte[] code = ByteBuffer.allocate(2).putShort(MESSAGE_TOO_BIG).array();
            wire.toServer(Frame.toServer(Frame.CLOSE, code));
            wire.endToServer(Wire.End.FIN);
            wire.endToClient(Wire.End.FIN);
        } else {
            wire.toClient(frame);
        }
    }

    private boolean exceeded(Frame frame) {
        length = frame.is(Frame.CONTINUATION) ? length + frame.payload().length : frame.payload().length;
        return switch (measure) {
            case MESSAGE -> length > limit;
            case FRAME -> frame.payload().length > limit;
            case WHOLE_MESSAGE -> frame.fin() && length > limit;
        };
    }
}
