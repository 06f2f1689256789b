package io.wstck.server.wire.tls;

import io.wstck.server.wire.Buffers;
import io.wstck.server.wire.CarrierYield;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.NotWritableException;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.tls.TlsFailedException.Alert;
import io.wstck.server.wire.tls.TlsRecords.UnwrapResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * One side of TLS on a TCP connection, usually the server's. The caller completes {@link #handshake} first. After a
 * failure of TLS, reads discard bytes until the peer ends TCP, because the kind of end is evidence. A close_notify ends
 * the peer's side, like FIN.
 */
public final class TlsTransport implements Transport {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The most records without data that one call reads. The caller checks its deadline between calls. */
    private static final int RECORDS_AT_ONCE = 64;

    private final Transport tcp;
    private final SSLEngine engine;
    private final EndpointRole role;
    private final TlsListener listener;
    private final TlsRecords records;
    private State state = State.NEW;
    /** The server has sent FIN. */
    private boolean outputEnded;
    /** The last read returned early. Records may be available although TCP has nothing to read. */
    private boolean moreRecords;

    private enum State {
        NEW,
        HANDSHAKING,
        OPEN,
        /** The client has ended its side of TLS. */
        ENDED,
        FAILED
    }

    /** Is notified of TLS events after the handshake, at most once of each, on the thread that reads or writes. */
    public interface TlsListener {
        /** TLS has failed. */
        void failed(TlsFailedException failure);

        /** The client's close_notify has come. */
        void closeNotified();
    }

    /** Ignores what happens after the handshake. The reads and writes that follow meet the end. */
    private enum NoTlsListener implements TlsListener {
        INSTANCE;

        @Override
        public void failed(TlsFailedException failure) {}

        @Override
        public void closeNotified() {}
    }

    /**
     * Makes the TLS handshake over {@code tcp}, which the transport owns.
     *
     * @return the side of {@code role}; empty when the handshake was not done in time
     * @throws IOException when TLS has failed, or the connection was reset
     */
    public static Optional<Transport> established(Transport tcp, SSLEngine engine, EndpointRole role, Deadline deadline)
            throws IOException, InterruptedException {
        TlsTransport secured = new TlsTransport(tcp, engine, role, NoTlsListener.INSTANCE);
        while (!secured.handshake()) {
            if (deadline.hasPassed()) {
                return Optional.empty();
            }
            secured.await(Interest.READING, deadline);
        }
        return Optional.of(secured);
    }

    /** The server's side of TLS by {@code engine} over {@code tcp}. The transport owns {@code tcp}. */
    public TlsTransport(Transport tcp, SSLEngine engine, TlsListener listener) {
        this(tcp, engine, EndpointRole.SERVER, listener);
    }

    /** The side of {@code role} of TLS by {@code engine} over {@code tcp}. The transport owns {@code tcp}. */
    public TlsTransport(Transport tcp, SSLEngine engine, EndpointRole role, TlsListener listener) {
        this.tcp = tcp;
        this.engine = engine;
        this.role = role;
        this.listener = listener;
        engine.setUseClientMode(role == EndpointRole.CLIENT);
        this.records = new TlsRecords(tcp, engine);
    }

    /**
     * Continues the handshake as far as possible without waiting.
     *
     * @return whether the handshake is done
     * @throws TlsFailedException when the handshake has failed; the server has then sent a suitable alert, if there is
     * one
     */
    public boolean handshake() throws TlsFailedException {
        try {
            if (state == State.NEW) {
                engine.beginHandshake();
                state = State.HANDSHAKING;
            }
            moreRecords = false;
            for (int steps = 0; flush(); steps++) {
                if (steps == RECORDS_AT_ONCE) {
                    returnEarly();
                    return false;
                }
                switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> records.runTasks();
                    case NEED_WRAP -> records.wrap(NOTHING);
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                        UnwrapResult unwrapped = records.unwrap();
                        if (unwrapped == UnwrapResult.NO_RECORD) {
                            return false;
                        }
                        if (unwrapped != UnwrapResult.RECORD) {
                            throw new TlsFailedException(
                                    "the " + role.other().word() + " ended the connection during the TLS handshake");
                        }
                    }
                    case FINISHED, NOT_HANDSHAKING -> {
                        state = State.OPEN;
                        return true;
                    }
                }
            }
            return false;
        } catch (TlsFailedException ended) {
            state = State.FAILED;
            throw ended;
        } catch (IOException failure) {
            throw fail(failure);
        }
    }

    /** The facts about the handshake so far. */
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

    /** Sends the suitable alert, if TCP accepts it at once. */
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
        moreRecords = false;
        for (int count = 0; state == State.OPEN && !records.content().hasRemaining(); count++) {
            if (count == RECORDS_AT_ONCE) {
                returnEarly();
                return 0;
            }
            if (!answerHandshake() || (state == State.OPEN && !unwrap())) {
                return 0;
            }
        }
        ByteBuffer plain = records.content();
        if (plain.hasRemaining()) {
            return Buffers.move(plain, into);
        }
        return state == State.ENDED ? -1 : discardInput();
    }

    /** Discards bytes after a failure: only their end is evidence. */
    private int discardInput() throws IOException {
        for (int reads = 0; reads < RECORDS_AT_ONCE; reads++) {
            int count = records.discardInput();
            if (count <= 0) {
                return count;
            }
        }
        returnEarly();
        return 0;
    }

    /** Returns to the caller although records may be available, because a fast client never lets this thread wait. */
    private void returnEarly() {
        moreRecords = true;
        CarrierYield.letOthersRun();
    }

    /** Reads one record. Returns false if none is available. The state tells an end or a failure. */
    private boolean unwrap() throws IOException {
        try {
            switch (records.unwrap()) {
                case NO_RECORD -> {
                    return false;
                }
                case CLOSE_NOTIFY -> {
                    state = State.ENDED;
                    listener.closeNotified();
                }
                case ENDED -> state = State.ENDED;
                case RECORD -> {}
            }
        } catch (SSLException broken) {
            listener.failed(fail(broken));
        }
        return true;
    }

    /**
     * Answers handshake messages after the handshake: the client may ask for new keys at any time.
     *
     * @return false when TCP does not accept the answer now; reading then waits, so that answers do not pile up
     */
    private boolean answerHandshake() throws IOException {
        try {
            while (state == State.OPEN && !outputEnded) {
                switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> records.runTasks();
                    case NEED_WRAP -> {
                        if (!flush()) {
                            return false;
                        }
                        if (records.wrap(NOTHING).bytesProduced() == 0) {
                            return true;
                        }
                        var _ = flush();
                    }
                    default -> {
                        return true;
                    }
                }
            }
        } catch (SSLException broken) {
            listener.failed(fail(broken));
        }
        return true;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = 0;
        while (from.hasRemaining() && canWrite() && flush()) {
            SSLEngineResult result = wrap(from);
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                throw new NotWritableException("TLS has ended on this connection");
            }
            count += result.bytesConsumed();
            if (result.bytesConsumed() == 0 && !records.pending() && !isHandshaking()) {
                throw new NotWritableException("TLS takes nothing on this connection");
            }
        }
        if (state == State.FAILED) {
            throw new NotWritableException("TLS has failed on this connection");
        }
        var _ = flush();
        return count;
    }

    private SSLEngineResult wrap(ByteBuffer from) throws IOException {
        try {
            return records.wrap(from);
        } catch (SSLException broken) {
            listener.failed(fail(broken));
            throw new NotWritableException("TLS has failed on this connection");
        }
    }

    /** Whether data can be written now. A renegotiation that the client started continues first, without waiting. */
    private boolean canWrite() throws IOException {
        while (answerHandshake()) {
            if (!writesNeedRead()) {
                return state != State.FAILED;
            }
            if (records.content().hasRemaining() || !unwrap()) {
                return false;
            }
        }
        return false;
    }

    private boolean isHandshaking() {
        HandshakeStatus status = engine.getHandshakeStatus();
        return state == State.OPEN && status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
    }

    /** Whether a write needs a record of the client first, because the client renegotiates (TLS 1.2). */
    private boolean writesNeedRead() {
        HandshakeStatus status = engine.getHandshakeStatus();
        return state == State.OPEN
                && (status == HandshakeStatus.NEED_UNWRAP || status == HandshakeStatus.NEED_UNWRAP_AGAIN);
    }

    /** Whether a read has to wait until TCP accepts an answer of the handshake. */
    private boolean readsNeedWrite() {
        return pending() && (state == State.HANDSHAKING || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    }

    private boolean pending() {
        return records.pending() && !outputEnded;
    }

    @Override
    public boolean flush() throws IOException {
        return records.flush();
    }

    @Override
    public void await(Interest interest, Deadline deadline) throws InterruptedException {
        if (!interest.reads() || !(moreRecords || records.content().hasRemaining())) {
            tcp.await(tcpInterest(interest), deadline);
        }
    }

    /** The operations on TCP that the caller's read or write depends on. */
    private Interest tcpInterest(Interest interest) {
        boolean writeReads =
                interest.writes() && writesNeedRead() && !records.content().hasRemaining();
        boolean reads = (interest.reads() && !readsNeedWrite()) || writeReads;
        boolean writes = (interest.writes() && !writesNeedRead()) || pending();
        Interest base = reads ? Interest.READING : Interest.NOTHING;
        return writes ? base.orWriting() : base;
    }

    @Override
    public void wake() {
        tcp.wake();
    }

    @Override
    public void shrinkReceiveBuffer() throws IOException {
        tcp.shrinkReceiveBuffer();
    }

    /** Sends close_notify first, if TCP accepts it at once. */
    @Override
    public void shutdownWrites() throws IOException {
        engine.closeOutbound();
        while (state != State.FAILED && flush() && !engine.isOutboundDone()) {
            if (records.wrap(NOTHING).bytesProduced() == 0) {
                break;
            }
        }
        outputEnded = true;
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
