package io.wstck.client.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * The byte streams of a connection, plain or through TLS, and the TCP socket below them. One thread reads, one writes, any closes.
 */
final class Wire implements Closeable {
    private final Socket tcp;
    private final Socket top;
    private final InputStream in;
    private final OutputStream out;

    /**
     * @param tcp the raw socket, which this object owns
     * @param top the socket to read from and write to: the raw one, or the TLS socket layered over it
     */
    Wire(Socket tcp, Socket top) throws IOException {
        this.tcp = tcp;
        this.top = top;
        this.in = top.getInputStream();
        this.out = top.getOutputStream();
    }

    /** Reads what is there, at least one byte, to the front of the buffer; returns how many, or -1 at the end of the stream. */
    int read(ByteBuffer buffer) throws IOException {
        int count = in.read(buffer.array(), buffer.arrayOffset(), buffer.capacity());
        buffer.position(0).limit(Math.max(count, 0));
        return count;
    }

    /** Writes all bytes in one call. */
    void write(ByteBuffer bytes) throws IOException {
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        bytes.position(bytes.limit());
    }

    /** Tells the peer that no more bytes follow, and still reads. May block in TLS behind a stuck writer. */
    void endOutput() throws IOException {
        top.shutdownOutput();
    }

    /**
     * Drops TCP, from any thread, without waiting: the raw socket is closed below TLS, whose own close would wait for a stuck
     * writer. Blocked readers and writers fail.
     */
    @Override
    public void close() {
        Sockets.closeQuietly(tcp);
    }
}
