package io.wstck.server.wire.tls;

import io.wstck.server.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** TLS records from and to TCP, one at a time. One thread. */
final class TlsRecords {
    private final Transport tcp;
    private final SSLEngine engine;
    /** From TCP, undeciphered; between calls ready to be read from, as are the other two. */
    private ByteBuffer netIn;

    private ByteBuffer netOut;
    private ByteBuffer plain;
    private Optional<IOException> reset = Optional.empty();

    enum Unwrapped {
        SOME,
        /** Nothing that TCP has now. */
        NOTHING_CAME,
        /** The client has ended its side of TLS. */
        CLOSE_NOTIFY,
        /** The client has ended its side of TCP. */
        ENDED
    }

    TlsRecords(Transport tcp, SSLEngine engine) {
        this.tcp = tcp;
        this.engine = engine;
        SSLSession session = engine.getSession();
        netIn = empty(session.getPacketBufferSize());
        netOut = empty(session.getPacketBufferSize());
        plain = empty(session.getApplicationBufferSize());
    }

    private static ByteBuffer empty(int size) {
        return ByteBuffer.allocate(size).limit(0);
    }

    /** What the last record held, as far as it has not been read. */
    ByteBuffer plain() {
        return plain;
    }

    /** Whether the client has reset TCP. */
    boolean isReset() {
        return reset.isPresent();
    }

    /** Whether TCP has not taken all that was wrapped. */
    boolean pending() {
        return netOut.hasRemaining();
    }

    void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** One record from TCP into {@link #plain}, which must be empty. */
    Unwrapped unwrap() throws IOException {
        while (true) {
            plain.clear();
            SSLEngineResult result;
            try {
                result = engine.unwrap(netIn, plain);
            } finally {
                plain.flip();
            }
            switch (result.getStatus()) {
                case OK -> {
                    return Unwrapped.SOME;
                }
                case CLOSED -> {
                    return Unwrapped.CLOSE_NOTIFY;
                }
                case BUFFER_OVERFLOW ->
                    plain = empty(grown(plain, engine.getSession().getApplicationBufferSize()));
                case BUFFER_UNDERFLOW -> {
                    int count = fill();
                    if (count == 0) {
                        return Unwrapped.NOTHING_CAME;
                    }
                    if (count < 0) {
                        return Unwrapped.ENDED;
                    }
                }
            }
        }
    }

    private static int grown(ByteBuffer buffer, int wanted) throws SSLException {
        if (wanted <= buffer.capacity()) {
            throw new SSLException("a TLS record of more than " + buffer.capacity() + " bytes");
        }
        return wanted;
    }

    private int fill() throws IOException {
        if (netIn.remaining() == netIn.capacity()) {
            ByteBuffer larger =
                    ByteBuffer.allocate(grown(netIn, engine.getSession().getPacketBufferSize()));
            netIn = larger.put(netIn).flip();
        }
        netIn.compact();
        try {
            return readTcp(netIn);
        } finally {
            netIn.flip();
        }
    }

    /** TCP tells of a reset once, and then of an end. */
    private int readTcp(ByteBuffer into) throws IOException {
        if (reset.isPresent()) {
            throw reset.get();
        }
        try {
            return tcp.read(into);
        } catch (IOException broken) {
            reset = Optional.of(broken);
            throw broken;
        }
    }

    /** What follows a failure is not deciphered; as many bytes as one read takes, which may be none, or -1 at their end. */
    int passOver() throws IOException {
        netIn.clear();
        try {
            return readTcp(netIn);
        } finally {
            netIn.clear().limit(0);
        }
    }

    /** One record of {@code from}, or of the handshake, into {@link #netOut}, which must be empty. */
    SSLEngineResult wrap(ByteBuffer from) throws IOException {
        while (true) {
            netOut.clear();
            SSLEngineResult result;
            try {
                result = engine.wrap(from, netOut);
            } finally {
                netOut.flip();
            }
            if (result.getStatus() != SSLEngineResult.Status.BUFFER_OVERFLOW) {
                return result;
            }
            netOut = empty(grown(netOut, engine.getSession().getPacketBufferSize()));
        }
    }

    /** Whether TCP has all that was wrapped. */
    boolean flush() throws IOException {
        while (netOut.hasRemaining()) {
            if (tcp.write(netOut) == 0) {
                return false;
            }
        }
        return true;
    }
}
