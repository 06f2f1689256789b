package io.wstck.tck.prove.faults;

import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Applies the read limit in the relay, on the bytes on the wire (see {@link RelayedOption}). */
final class RelayedReadLimit implements Tampering {
    private static final short MESSAGE_TOO_BIG = 1009;

    private final Measure measure;

    /** Written with the request and read after its response. The server's response orders the two threads. */
    private volatile double limit = Double.MAX_VALUE;

    /** The number of bytes of the message so far. Used only by the thread that reads from the server. */
    private long length;

    /** The size that is compared with the limit. */
    enum Measure {
        /** The message so far, at each of its frames. */
        MESSAGE,
        /** Each frame by itself. */
        FRAME,
        /** The complete message. */
        WHOLE_MESSAGE
    }

    RelayedReadLimit(Measure measure) {
        this.measure = measure;
    }

    @Override
    public HttpHead request(HttpHead head) {
        limit = RelayedOption.value(head).orElse(Double.MAX_VALUE);
        return RelayedOption.without(head);
    }

    @Override
    public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
        if (frame.isData() && exceeded(frame)) {
            byte[] code = ByteBuffer.allocate(2).putShort(MESSAGE_TOO_BIG).array();
            wire.toServer(RelayedFrame.toServer(RelayedFrame.CLOSE, code));
            wire.endToServer(RelayOutput.TcpEnding.FIN);
            wire.endToClient(RelayOutput.TcpEnding.FIN);
        } else {
            wire.toClient(frame);
        }
    }

    private boolean exceeded(RelayedFrame frame) {
        length = frame.is(RelayedFrame.CONTINUATION) ? length + frame.payload().length : frame.payload().length;
        return switch (measure) {
            case MESSAGE -> length > limit;
            case FRAME -> frame.payload().length > limit;
            case WHOLE_MESSAGE -> frame.fin() && length > limit;
        };
    }
}
