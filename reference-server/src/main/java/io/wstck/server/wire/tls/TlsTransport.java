package io.wstck.server.wire.tls;

import io.wstck.server.wire.CarrierYield;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.NotWritableException;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.tls.TlsFailedException.Alert;
import io.wstck.server.wire.tls.TlsRecords.Unwrapped;
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
 * The server's side of TLS on a TCP connection. {@link #handshake} comes first. After a failure reads pass over what the client
 * sends, until it ends TCP: how it does so is evidence. A close_notify of the client's ends its side, like FIN.
 */
public final class TlsTransport implements Transport {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** How many records without data one call reads: the caller has to check its deadline in between. */
    private static final int RECORDS_AT_ONCE = 64;

    private final Transport tcp;
    private final SSLEngine engine;
    private final Watcher watcher;
    private final TlsRecords records;
    private State state = State.NEW;
    /** FIN was sent: nothing can leave any more. */
    private boolean outputEnded;
    /** The last read returned early: records may be at hand of which TCP does not tell. */
    private boolean moreRecords;

    private enum State {
        NEW,
        HANDSHAKING,
        OPEN,
        /** The client has ended its side of TLS. */
        ENDED,
        FAILED
    }

    /** Hears of what happens after the handshake, each at most once; called by the thread that reads or writes. */
    public interface Watcher {
        /** TLS cannot go on. */
        void failed(TlsFailedException failure);

        /** The client's close_notify has come. */
        void closeNotified();
    }

    /** TLS of {@code engine} over {@code tcp}, which this object owns. */
    public TlsTransport(Transport tcp, SSLEngine engine, Watcher watcher) {
        this.tcp = tcp;
        this.engine = engine;
        this.watcher = watcher;
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
                        Unwrapped unwrapped = records.unwrap();
                        if (unwrapped == Unwrapped.NOTHING_CAME) {
                            return false;
                        }
                        if (unwrapped != Unwrapped.SOME) {
                            throw new TlsFailedException("the client ended the connection during the TLS handshake");
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
        moreRecords = false;
        for (int count = 0; state == State.OPEN && !records.plain().hasRemaining(); count++) {
            if (count == RECORDS_AT_ONCE) {
                returnEarly();
                return 0;
            }
            if (!answerHandshake() || (state == State.OPEN && !unwrap())) {
                return 0;
            }
        }
        ByteBuffer plain = records.plain();
        if (plain.hasRemaining()) {
            int count = Math.min(plain.remaining(), into.remaining());
            into.put(plain.slice(plain.position(), count));
            plain.position(plain.position() + count);
            return count;
        }
        return state == State.ENDED ? -1 : passOver();
    }

    /** Bytes behind a failure mean nothing, but their end does. */
    private int passOver() throws IOException {
        for (int reads = 0; reads < RECORDS_AT_ONCE; reads++) {
            int count = records.passOver();
            if (count <= 0) {
                return count;
            }
        }
        returnEarly();
        return 0;
    }

    /** A client that sends fast never lets this thread wait. */
    private void returnEarly() {
        moreRecords = true;
        CarrierYield.letOthersRun();
    }

    /** Whether a record came, or the end, or one that was broken; the state tells. */
    private boolean unwrap() throws IOException {
        try {
            switch (records.unwrap()) {
                case NOTHING_CAME -> {
                    return false;
                }
                case CLOSE_NOTIFY -> {
                    state = State.ENDED;
                    watcher.closeNotified();
                }
                case ENDED -> state = State.ENDED;
                case SOME -> {}
            }
        } catch (SSLException broken) {
            watcher.failed(fail(broken));
        }
        return true;
    }

    /**
     * New keys and tickets may be asked for at any time.
     *
     * @return false when TCP does not take the answer now: reading waits for that, or answers would pile up
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
            watcher.failed(fail(broken));
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
            watcher.failed(fail(broken));
            throw new NotWritableException("TLS has failed on this connection");
        }
    }

    /** A handshake that the client began again has to go on first, as far as that is possible without waiting. */
    private boolean canWrite() throws IOException {
        while (answerHandshake()) {
            if (!writesNeedRead()) {
                return state != State.FAILED;
            }
            if (records.plain().hasRemaining() || !unwrap()) {
                return false;
            }
        }
        return false;
    }

    private boolean isHandshaking() {
        HandshakeStatus status = engine.getHandshakeStatus();
        return state == State.OPEN && status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
    }

    /** Whether nothing can be written before a record of the client's: it renegotiates (TLS 1.2). */
    private boolean writesNeedRead() {
        HandshakeStatus status = engine.getHandshakeStatus();
        return state == State.OPEN
                && (status == HandshakeStatus.NEED_UNWRAP || status == HandshakeStatus.NEED_UNWRAP_AGAIN);
    }

    /** Whether nothing can be read before TCP takes what the handshake answers. */
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
        if (!interest.reads() || !(moreRecords || records.plain().hasRemaining())) {
            tcp.await(onTcp(interest), deadline);
        }
    }

    /** What has to happen on TCP before a read or a write of the caller's can succeed. */
    private Interest onTcp(Interest interest) {
        boolean writeReads =
                interest.writes() && writesNeedRead() && !records.plain().hasRemaining();
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
    public void narrow() throws IOException {
        tcp.narrow();
    }

    /** Sends close_notify first, if TCP takes it at once. */
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
