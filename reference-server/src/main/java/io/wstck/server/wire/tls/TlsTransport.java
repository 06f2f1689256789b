package io.wstck.server.wire.tls;

import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * The server's side of TLS on a TCP connection. {@link #handshake} comes first. After a failure reads pass over what the client
 * sends, until it ends TCP: how it does so is evidence. A close_notify of the client's ends its side, like FIN.
 */
public final class TlsTransport implements Transport {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Transport tcp;
    private final SSLEngine engine;
    private final Consumer<TlsFailedException> onFailure;
    /** From TCP, undeciphered; between calls ready to be read from, as are the other two. */
    private ByteBuffer netIn;

    private ByteBuffer netOut;
    private ByteBuffer plain;
    private State state = State.NEW;
    private Optional<IOException> reset = Optional.empty();

    private enum State {
        NEW,
        HANDSHAKING,
        OPEN,
        /** The client has ended its side of TLS. */
        ENDED,
        FAILED
    }

    /** {@code onFailure} is told, once, of a failure after the handshake. */
    public TlsTransport(Transport tcp, SSLEngine engine, Consumer<TlsFailedException> onFailure) {
        this.tcp = tcp;
        this.engine = engine;
        this.onFailure = onFailure;
        engine.setUseClientMode(false);
        SSLSession session = engine.getSession();
        netIn = empty(session.getPacketBufferSize());
        netOut = empty(session.getPacketBufferSize());
        plain = empty(session.getApplicationBufferSize());
    }

    private static ByteBuffer empty(int size) {
        return ByteBuffer.allocate(size).limit(0);
    }

    /**
     * Goes on with the handshake, as far as that is possible without waiting.
     *
     * @return whether it is done
     * @throws TlsFailedException when it has failed; the client has been sent an alert where one fits
     */
    public boolean handshake() throws TlsFailedException {
        try {
            if (state == State.NEW) {
                engine.beginHandshake();
                state = State.HANDSHAKING;
            }
            while (true) {
                if (!flush()) {
                    return false;
                }
                switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> runTasks();
                    case NEED_WRAP -> wrap(NOTHING);
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                        if (unwrap() == Unwrapped.NOTHING_CAME) {
                            return false;
                        }
                        if (state == State.ENDED) {
                            throw new TlsFailedException("the client ended the connection during the TLS handshake");
                        }
                    }
                    case FINISHED, NOT_HANDSHAKING -> {
                        state = State.OPEN;
                        return true;
                    }
                }
            }
        } catch (TlsFailedException ended) {
            state = State.FAILED;
            throw ended;
        } catch (IOException failure) {
            throw fail(failure);
        }
    }

    /** What is known of the handshake so far. */
    public TlsFacts facts() {
        SSLSession session = Optional.ofNullable(engine.getHandshakeSession()).orElseGet(engine::getSession);
        boolean agreed = !session.getProtocol().equals("NONE");
        Optional<String> name = session instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream().findFirst().map(TlsTransport::nameOf)
                : Optional.empty();
        return agreed
                ? new TlsFacts(Optional.of(session.getProtocol()), Optional.of(session.getCipherSuite()), name)
                : new TlsFacts(Optional.empty(), Optional.empty(), name);
    }

    private static String nameOf(SNIServerName name) {
        return name instanceof SNIHostName host ? host.getAsciiName() : name.toString();
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private enum Unwrapped {
        SOME,
        NOTHING_CAME
    }

    /** One record from TCP into {@link #plain}, which must be empty. */
    private Unwrapped unwrap() throws IOException {
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
                    state = State.ENDED;
                    return Unwrapped.SOME;
                }
                case BUFFER_OVERFLOW ->
                    plain = empty(grown(plain, engine.getSession().getApplicationBufferSize()));
                case BUFFER_UNDERFLOW -> {
                    int count = fill();
                    if (count == 0) {
                        return Unwrapped.NOTHING_CAME;
                    }
                    if (count < 0) {
                        state = State.ENDED;
                        return Unwrapped.SOME;
                    }
                }
            }
        }
    }

    private int grown(ByteBuffer buffer, int wanted) throws SSLException {
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

    /** One record of {@code from}, or of the handshake, into {@link #netOut}, which must be empty. */
    private SSLEngineResult wrap(ByteBuffer from) throws IOException {
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

    /** Sends the alert that fits, as far as TCP takes it at once. */
    private TlsFailedException fail(IOException failure) {
        state = State.FAILED;
        try {
            while (reset.isEmpty() && flush() && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                var _ = wrap(NOTHING);
            }
        } catch (IOException gone) {
            failure.addSuppressed(gone);
        }
        return new TlsFailedException(failure);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        while (state == State.OPEN && !plain.hasRemaining()) {
            try {
                if (unwrap() == Unwrapped.NOTHING_CAME) {
                    return 0;
                }
                answerHandshake();
            } catch (SSLException broken) {
                onFailure.accept(fail(broken));
            }
        }
        if (plain.hasRemaining()) {
            int count = Math.min(plain.remaining(), into.remaining());
            into.put(plain.slice(plain.position(), count));
            plain.position(plain.position() + count);
            return count;
        }
        return state == State.ENDED ? -1 : passOver();
    }

    /** What follows a failure is not deciphered. */
    private int passOver() throws IOException {
        int count;
        do {
            netIn.clear();
            count = readTcp(netIn);
            netIn.flip();
        } while (count > 0);
        return count;
    }

    /** New keys and tickets may be asked for at any time. */
    private void answerHandshake() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    if (!flush()) {
                        return;
                    }
                    var _ = wrap(NOTHING);
                    var _ = flush();
                }
                default -> {
                    return;
                }
            }
        }
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (state == State.FAILED) {
            throw new IOException("TLS has failed on this connection");
        }
        int count = 0;
        while (from.hasRemaining() && flush()) {
            SSLEngineResult result = wrap(from);
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                throw new IOException("TLS has ended on this connection");
            }
            count += result.bytesConsumed();
            if (result.bytesConsumed() == 0 && !netOut.hasRemaining()) {
                break;
            }
        }
        var _ = flush();
        return count;
    }

    @Override
    public boolean flush() throws IOException {
        while (netOut.hasRemaining()) {
            if (tcp.write(netOut) == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void await(Interest interest, Deadline deadline) throws InterruptedException {
        tcp.await(netOut.hasRemaining() ? interest.orWriting() : interest, deadline);
    }

    @Override
    public void wake() {
        tcp.wake();
    }

    /** Sends close_notify first, if TCP takes it at once. */
    @Override
    public void shutdownWrites() throws IOException {
        engine.closeOutbound();
        while (state != State.FAILED && flush() && !engine.isOutboundDone()) {
            if (wrap(NOTHING).bytesProduced() == 0) {
                break;
            }
        }
        tcp.shutdownWrites();
    }

    @Override
    public void abort() {
        tcp.abort();
    }

    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
