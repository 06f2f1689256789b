package io.wstck.server;

import io.undertow.conduits.ReadDataStreamSourceConduit;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Decodes a chunked request body (RFC 9112 §7.1) without blocking. Undertow's own decoder closes the connection at a
 * malformed chunk, so that the server could not answer. This one fails with a sentence, and the request counts as read.
 * The connection ends with the answer. For the I/O thread.
 */
final class ChunkedBodyDecoder extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private static final int BUFFER = 8 << 10;

    /** Enough digits for the longest body that is drained. */
    private static final int MAX_SIZE_DIGITS = 8;

    /** The most bytes of chunk extensions and trailer fields, which the server ignores. */
    private static final int MAX_IGNORED_BYTES = 64 << 10;

    private final HttpServerExchange exchange;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();
    private State state = State.SIZE;
    private int digits;
    private long left;
    private long read;
    private int ignored;
    private boolean emptyLine = true;

    private enum State {
        SIZE,
        EXTENSION,
        DATA,
        DATA_END,
        TRAILER,
        DONE
    }

    private ChunkedBodyDecoder(StreamSourceConduit next, HttpServerExchange exchange) {
        super(next);
        this.exchange = exchange;
    }

    /** Replaces Undertow's decoder if the body is chunked. The caller calls this before it gets the request channel. */
    static void decode(HttpServerExchange exchange) {
        if (exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING) && !exchange.isRequestComplete()) {
            HttpServerConnection connection = (HttpServerConnection) exchange.getConnection();
            StreamSourceConduit raw =
                    new ReadDataStreamSourceConduit(connection.getOriginalSourceConduit(), connection);
            connection.getChannel().getSourceChannel().setConduit(new ChunkedBodyDecoder(raw, exchange));
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            while (state != State.DONE && target.hasRemaining()) {
                if (!buffer.hasRemaining()) {
                    int count = next.read(buffer.clear());
                    buffer.flip();
                    if (count < 0) {
                        throw new IOException("expected more of the body, got the end of the connection");
                    }
                    if (count == 0) {
                        return 0;
                    }
                }
                int count = state == State.DATA ? data(target) : framing();
                if (count > 0) {
                    return count;
                }
            }
            return state == State.DONE ? -1 : 0;
        } catch (IOException wrong) {
            end();
            throw wrong;
        }
    }

    private int data(ByteBuffer target) throws IOException {
        int count = (int) Math.min(left, Math.min(buffer.remaining(), target.remaining()));
        target.put(buffer.slice(buffer.position(), count));
        buffer.position(buffer.position() + count);
        left -= count;
        read += count;
        if (read > HttpLimits.MAX_DRAINED) {
            throw new IOException("expected a body of at most " + HttpLimits.MAX_DRAINED + " bytes, got more");
        }
        state = left == 0 ? State.DATA_END : State.DATA;
        return count;
    }

    /** Reads one byte of the framing around the data. Returns 0. */
    private int framing() throws IOException {
        byte octet = buffer.get();
        switch (state) {
            case SIZE -> size(octet);
            case EXTENSION -> extension(octet);
            case DATA_END -> dataEnd(octet);
            default -> trailer(octet);
        }
        return 0;
    }

    private void size(byte octet) throws IOException {
        int digit = Character.digit((char) octet, 16);
        if (digit >= 0 && digits < MAX_SIZE_DIGITS) {
            left = 16 * left + digit;
            digits++;
        } else if (digits > 0 && (octet == '\r' || octet == '\n' || octet == ';' || octet == ' ' || octet == '\t')) {
            state = State.EXTENSION;
            extension(octet);
        } else {
            throw new IOException("expected a chunk size of 1 to " + MAX_SIZE_DIGITS + " hex digits, got "
                    + (digit >= 0 ? "more" : "the byte 0x%02x".formatted(octet)));
        }
    }

    private void extension(byte octet) throws IOException {
        if (octet == '\n') {
            state = left == 0 ? State.TRAILER : State.DATA;
            digits = 0;
        } else {
            ignore();
        }
    }

    private void dataEnd(byte octet) throws IOException {
        if (octet == '\n') {
            state = State.SIZE;
        } else if (octet != '\r') {
            throw new IOException("expected a line end behind a chunk, got the byte 0x%02x".formatted(octet));
        }
    }

    private void trailer(byte octet) throws IOException {
        if (octet == '\n' && emptyLine) {
            end();
        } else if (octet != '\r') {
            emptyLine = octet == '\n';
            ignore();
        }
    }

    private void ignore() throws IOException {
        if (++ignored > MAX_IGNORED_BYTES) {
            throw new IOException("expected chunk extensions and trailer fields of at most " + MAX_IGNORED_BYTES
                    + " bytes, got more");
        }
    }

    /**
     * Ends the body. The connection takes no further request: after an error its start is unknown, and bytes after the
     * body are not kept.
     */
    private void end() {
        state = State.DONE;
        exchange.setPersistent(false);
        Connectors.terminateRequest(exchange);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        for (int index = offset; index < offset + length; index++) {
            if (targets[index].hasRemaining()) {
                return read(targets[index]);
            }
        }
        return 0;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) {
        throw new UnsupportedOperationException("the body is read into memory");
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) {
        throw new UnsupportedOperationException("the body is read into memory");
    }
}
