package io.wstck.server.wire.tls;

import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.tls.TlsFailedException.Alert;
import io.wstck.server.wire.tls.TlsRecords.Unwrapped;
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
    private final TlsRecords records;
    private State state = State.NEW;

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
        this.records = new TlsRecords(tcp, engine);
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
                    case NEED_TASK -> records.runTasks();
                    case NEED_WRAP -> records.wrap(NOTHING);
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                        Unwrapped unwrapped = records.unwrap();
                        if (unwrapped == Unwrapped.NOTHING_CAME) {
                            return false;
                        }
                        if (unwrapped == Unwrapped.ENDED) {
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

    /** Sends the alert that fits, as far as TCP takes it at once. */
    private TlsFailedException fail(IOException failure) {
        state = State.FAILED;
        Alert alert = Alert.NOT_SENT;
        try {
            while (!records.isReset() && flush() && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                var _ = records.wrap(NOTHING);
                alert = Alert.SENT;
            }
        } catch (IOException gone) {
            failure.addSuppressed(gone);
        }
        return new TlsFailedException(failure, alert);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        while (state == State.OPEN && !records.plain().hasRemaining()) {
            try {
                switch (records.unwrap()) {
                    case NOTHING_CAME -> {
                        return 0;
                    }
                    case ENDED -> state = State.ENDED;
                    case SOME -> answerHandshake();
                }
            } catch (SSLException broken) {
                onFailure.accept(fail(broken));
            }
        }
        ByteBuffer plain = records.plain();
        if (plain.hasRemaining()) {
            int count = Math.min(plain.remaining(), into.remaining());
            into.put(plain.slice(plain.position(), count));
            plain.position(plain.position() + count);
            return count;
        }
        return state == State.ENDED ? -1 : records.passOver();
    }

    /** New keys and tickets may be asked for at any time. */
    private void answerHandshake() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> records.runTasks();
                case NEED_WRAP -> {
                    if (!flush()) {
                        return;
                    }
                    var _ = records.wrap(NOTHING);
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
            SSLEngineResult result = records.wrap(from);
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                throw new IOException("TLS has ended on this connection");
            }
            count += result.bytesConsumed();
            if (result.bytesConsumed() == 0 && !records.pending()) {
                break;
            }
        }
        var _ = flush();
        return count;
    }

    @Override
    public boolean flush() throws IOException {
        return records.flush();
    }

    @Override
    public void await(Interest interest, Deadline deadline) throws InterruptedException {
        tcp.await(records.pending() ? interest.orWriting() : interest, deadline);
    }

    @Override
    public void wake() {
        tcp.wake();
    }

    /** Sends close_notify first, if TCP takes it at once. */
    @Override
    public void narrow() throws IOException {
        tcp.narrow();
    }

    @Override
    public void shutdownWrites() throws IOException {
        engine.closeOutbound();
        while (state != State.FAILED && flush() && !engine.isOutboundDone()) {
            if (records.wrap(NOTHING).bytesProduced() == 0) {
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
