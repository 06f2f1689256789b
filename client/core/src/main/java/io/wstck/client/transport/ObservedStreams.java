package io.wstck.client.transport;

import io.wstck.client.TrafficObserver.ConnectionTraffic;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The streams of a connection that a {@link io.wstck.client.TrafficObserver} watches. */
final class ObservedStreams {
    private ObservedStreams() {}

    /** Reads from another stream and reports what was read. Only the reader uses it. */
    static final class Input extends FilterInputStream {
        private final ConnectionTraffic traffic;
        private boolean ended;

        Input(InputStream in, ConnectionTraffic traffic) {
            super(in);
            this.traffic = traffic;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count;
            try {
                count = in.read(target, offset, length);
            } catch (IOException e) {
                end(Optional.of(e));
                throw e;
            }
            if (count < 0) {
                end(Optional.empty());
            } else {
                traffic.received(ByteBuffer.wrap(target, offset, count).asReadOnlyBuffer());
            }
            return count;
        }

        private void end(Optional<IOException> cause) {
            if (!ended) {
                ended = true;
                traffic.ended(cause);
            }
        }
    }

    /** Reports what is written and writes it to another stream. Only the holder of the write lock uses it. */
    static final class Output extends FilterOutputStream {
        private final ConnectionTraffic traffic;

        Output(OutputStream out, ConnectionTraffic traffic) {
            super(out);
            this.traffic = traffic;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            // Before the write, so that no answer is reported before its request.
            traffic.sent(ByteBuffer.wrap(source, offset, length).asReadOnlyBuffer());
            out.write(source, offset, length);
        }
    }
}
