package io.wstck.tck.prove.faults;

import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.PayloadDeflater;
import io.wstck.tck.prove.relay.PayloadInflater;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects each message of the client, and sends one changed frame to the server in its place. Subclasses change how
 * messages are compressed.
 */
abstract class ClientMessageTampering implements Tampering {
    final PayloadInflater inflating = new PayloadInflater();
    final PayloadDeflater deflating = new PayloadDeflater();

    /** Used only by the thread that reads from the client. */
    private final List<RelayedFrame> frames = new ArrayList<>();

    private volatile boolean declined;

    /** Returns the frame that replaces a message. */
    abstract RelayedFrame changed(DataMessage message);

    /** Whether the server's response has no extension. */
    boolean declined() {
        return declined;
    }

    @Override
    public HttpHead response(HttpHead head) {
        declined = head.value(ExtensionHeaderTamperings.HEADER).isEmpty();
        return head;
    }

    @Override
    public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
        if (!frame.isData()) {
            wire.toServer(frame);
            return;
        }
        frames.add(frame);
        if (frame.fin()) {
            RelayedFrame changed = changed(new DataMessage(frames));
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
