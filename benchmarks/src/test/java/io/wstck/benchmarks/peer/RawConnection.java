package io.wstck.benchmarks.peer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.Deflater;

/** The raw client's socket, and the frame that it sends. One thread reads, one writes. */
final class RawConnection implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int BUFFER = 64 * 1024;
    private static final int FIN = 0x80;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] payload;
    private final int firstByte;
    private byte[] output = new byte[BUFFER];
    private final byte[] input = new byte[BUFFER];
    private int position;
    private int limit;
    private long payloadLeft;

    private RawConnection(Socket socket, PeerTarget target) throws IOException {
        this.socket = socket;
        in = socket.getInputStream();
        out = socket.getOutputStream();
        boolean deflate = target.deflate();
        payload = deflate
                ? deflated(target.workload().payload())
                : target.workload().payload();
        firstByte = FIN | (deflate ? Frames.RSV1 : 0) | (target.workload().text() ? 1 : 2);
    }

    static RawConnection open(PeerTarget target) throws IOException {
        int port = target.url().getPort();
        Socket socket = target.trust().isPresent()
                ? target.trust().get().context().getSocketFactory().createSocket(LOOPBACK, port)
                : new Socket(LOOPBACK, port);
        socket.setTcpNoDelay(true);
        RawConnection connection = new RawConnection(socket, target);
        RawHandshake.open(connection.in, connection.out, target);
        return connection;
    }

    /** Compresses the message once: the raw client measures the transport of a compressed frame. */
    private static byte[] deflated(byte[] message) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(message);
        byte[] bytes = new byte[message.length + BUFFER];
        int length = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(bytes, length - TAIL.length);
    }

    /** Writes frames, all with one write. */
    void write(int count) throws IOException {
        int needed = count * (Frames.MAX_HEADER + payload.length);
        if (output.length < needed) {
            output = new byte[needed];
        }
        int filled = 0;
        for (int frame = 0; frame < count; frame++) {
            int key = ThreadLocalRandom.current().nextInt();
            filled = Frames.putHeader(output, filled, firstByte, Frames.MASKED, payload.length, key);
            Frames.mask(payload, 0, output, filled, payload.length, key);
            filled += payload.length;
        }
        out.write(output, 0, filled);
    }

    /** Reads until at least one frame has ended, and at most what one read returns. Returns the ended frames. */
    int read() throws IOException {
        int ended = 0;
        while (ended == 0) {
            System.arraycopy(input, position, input, 0, limit - position);
            limit -= position;
            position = 0;
            int count = in.read(input, limit, input.length - limit);
            if (count < 0) {
                throw new EOFException("the server ended the connection");
            }
            limit += count;
            ended += takeInput();
        }
        return ended;
    }

    private int takeInput() {
        int ended = 0;
        while (position < limit) {
            if (payloadLeft == 0) {
                int length = Frames.headerLength(input, position, limit - position);
                if (length > limit - position) {
                    break;
                }
                payloadLeft = Frames.payloadLength(input, position);
                position += length;
            }
            int count = (int) Math.min(payloadLeft, limit - position);
            position += count;
            payloadLeft -= count;
            if (payloadLeft == 0) {
                ended++;
            }
        }
        return ended;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
