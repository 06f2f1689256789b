package io.wstck.server.wire.tls;

import io.wstck.server.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** Reads and writes single TLS records over TCP. One thread. */
final class TlsRecords {
    private final Transport tcp;
    private final SSLEngine engine;
    /** Bytes from TCP, not yet decrypted. Between calls this buffer and the next two are ready for reading. */
    private ByteBuffer netIn;

    private ByteBuffer netOut;
    private ByteBuffer content;
    private Optional<IOException> resetFailure = Optional.empty();

    enum UnwrapResult {
        RECORD,
        /** TCP has no complete record now. */
        NO_RECORD,
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
        content = empty(session.getApplicationBufferSize());
    }

    private static ByteBuffer empty(int size) {
        return ByteBuffer.allocate(size).limit(0);
    }

    /** The unread rest of the last record's content. */
    ByteBuffer content() {
        return content;
    }

    /** Whether the client has reset TCP. */
    boolean isReset() {
        return resetFailure.isPresent();
    }

    /** Whether wrapped bytes are still waiting for TCP. */
    boolean pending() {
        return netOut.hasRemaining();
    }

    void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Decrypts one record from TCP into {@link #content}, which must be empty. */
    UnwrapResult unwrap() throws IOException {
        while (true) {
            content.clear();
            SSLEngineResult result;
            try {
                result = engine.unwrap(netIn, content);
            } finally {
                content.flip();
            }
            switch (result.getStatus()) {
                case OK -> {
                    return UnwrapResult.RECORD;
                }
                case CLOSED -> {
                    return UnwrapResult.CLOSE_NOTIFY;
                }
                case BUFFER_OVERFLOW ->
                    content = empty(grown(content, engine.getSession().getApplicationBufferSize()));
                case BUFFER_UNDERFLOW -> {
                    int count = fill();
                    if (count == 0) {
                        return UnwrapResult.NO_RECORD;
                    }
                    if (count < 0) {
                        return UnwrapResult.ENDED;
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

    /** Reads from TCP. The system reports a reset once and then an end, so the reset is remembered. */
    private int readTcp(ByteBuffer into) throws IOException {
        if (resetFailure.isPresent()) {
            throw resetFailure.get();
        }
        try {
            return tcp.read(into);
        } catch (IOException broken) {
            resetFailure = Optional.of(broken);
            throw broken;
        }
    }

    /**
     * Reads and discards bytes that follow a failure of TLS. Returns the number of bytes of one read, or -1 at the end.
     */
    int discardInput() throws IOException {
        netIn.clear();
        try {
            return readTcp(netIn);
        } finally {
            netIn.clear().limit(0);
        }
    }

    /** Encrypts one record of {@code from}, or of the handshake, into {@link #netOut}, which must be empty. */
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

    /** Writes wrapped bytes to TCP. Returns whether TCP has all of them. */
    boolean flush() throws IOException {
        while (netOut.hasRemaining()) {
            if (tcp.write(netOut) == 0) {
                return false;
            }
        }
        return true;
    }
}
