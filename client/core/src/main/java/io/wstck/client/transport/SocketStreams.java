package io.wstck.client.transport;

import io.wstck.client.TrafficObserver.ConnectionTraffic;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads and writes the bytes of a connection, plain or through TLS, and closes the TCP socket below them. One thread
 * reads, one writes, any closes.
 */
final class SocketStreams implements Closeable {
    private final Socket tcp;
    private final Socket dataSocket;
    private final InputStream in;
    private final OutputStream out;

    /**
     * @param tcp the raw socket, which this object owns
     * @param dataSocket the socket to read from and write to: the raw one, or the TLS socket layered over it
     * @param traffic watches all bytes; empty if nothing does
     */
    SocketStreams(Socket tcp, Socket dataSocket, Optional<ConnectionTraffic> traffic) throws IOException {
        this.tcp = tcp;
        this.dataSocket = dataSocket;
        InputStream plainIn = dataSocket.getInputStream();
        OutputStream plainOut = dataSocket.getOutputStream();
        this.in = traffic.<InputStream>map(observer -> new ObservedStreams.Input(plainIn, observer))
                .orElse(plainIn);
        this.out = traffic.<OutputStream>map(observer -> new ObservedStreams.Output(plainOut, observer))
                .orElse(plainOut);
    }

    /**
     * Reads at least one byte to the front of the buffer. Returns the number of bytes, or -1 at the end of the stream.
     */
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

    /** Ends the output; reading goes on. In TLS it may block behind a blocked writer. */
    void endOutput() throws IOException {
        dataSocket.shutdownOutput();
    }

    /**
     * Drops TCP, from any thread, without waiting. Blocked readers and writers fail. It closes the raw socket, because
     * closing the TLS socket would wait for a blocked writer.
     */
    @Override
    public void close() {
        closeQuietly(tcp);
    }

    /** Closes a socket, and ignores a failure. */
    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The descriptor is released anyway, and no caller can act on the failure.
            return;
        }
    }
}
