package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Deflating;
import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Head;
import io.wstck.tck.prove.relay.Inflating;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Changes how the client compresses its messages. */
abstract class ClientMessages implements Tampering {
    final Inflating inflating = new Inflating();
    final Deflating deflating = new Deflating();

    /** Only the thread that reads from the client. */
    private final List<Frame> frames = new ArrayList<>();

    private volatile boolean declined;

    /** The frame in place of a message. */
    abstract Frame changed(DataMessage message);

    /** Whether the server's answer has no extension. */
    boolean declined() {
        return declined;
    }

    @Override
    public Head response(Head head) {
        declined = head.value(Extensions.HEADER).isEmpty();
        return head;
    }

    @Override
    public void fromClient(Frame frame, Wire wire) throws IOException {
        if (!frame.data()) {
            wire.toServer(frame);
            return;
        }
        frames.add(frame);
        if (frame.fin()) {
            Frame changed = changed(new DataMessage(frames));
            frames.clear();
            wire.toServer(changed);
        }
    }

    @Override
    public void close() {
        inflating.close();
        deflating.close();
    }
}
