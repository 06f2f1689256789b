package io.wstck.server;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** A TLS client that sends single records, and can leave a handshake unfinished. */
public final class TlsEngineClient implements AutoCloseable {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Socket tcp;
    private final DataInputStream in;
    private final SSLEngine engine;

    /** Speaks {@code version} over {@code tcp} after a call of {@link #handshake}. */
    public TlsEngineClient(Socket tcp, SSLContext context, String version) throws IOException {
        this.tcp = tcp;
        this.in = new DataInputStream(tcp.getInputStream());
        tcp.setSoTimeout(RawClient.TIMEOUT_MS);
        engine = context.createSSLEngine("localhost", tcp.getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        engine.setSSLParameters(parameters);
    }

    /** Performs the first handshake. */
    public void handshake() throws IOException {
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> sendRecord(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    var _ = readRecord();
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    /** Sends only the first record of a renegotiation (TLS 1.2). */
    public void beginRenegotiation() throws IOException {
        engine.beginHandshake();
        sendRecord(NOTHING);
    }

    /** Sends {@code plain} as one record. */
    public void send(byte[] plain) throws IOException {
        sendRecord(ByteBuffer.wrap(plain));
    }

    private void sendRecord(ByteBuffer plain) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        while (engine.wrap(plain, record).getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK) {
            engine.getDelegatedTask().run();
        }
        tcp.getOutputStream().write(record.array(), 0, record.position());
    }

    /** Reads the content of the next record, which may be empty. */
    public byte[] readRecord() throws IOException {
        byte[] header = new byte[5];
        in.readFully(header);
        int length = ((header[3] & 0xff) << 8) | (header[4] & 0xff);
        ByteBuffer record = ByteBuffer.allocate(5 + length).put(header);
        in.readFully(record.array(), 5, length);
        record.position(0);
        ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = engine.unwrap(record, plain);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new EOFException("TLS has ended");
        }
        if (result.getStatus() != SSLEngineResult.Status.OK || record.hasRemaining()) {
            throw new SSLException("expected one record, got " + result);
        }
        byte[] bytes = new byte[plain.flip().remaining()];
        plain.get(bytes);
        return bytes;
    }

    /** Ends TCP with RST. */
    @Override
    public void close() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }
}
