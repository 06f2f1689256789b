package io.wstck.client.transport;

import io.wstck.client.MessageBatch;
import io.wstck.client.WebSocketException;
import io.wstck.client.protocol.Opcode;
import io.wstck.client.protocol.Utf8Text;
import java.util.ArrayList;
import java.util.List;

/** Implements {@link MessageBatch}: keeps messages until they are flushed. */
final class SocketBatch implements MessageBatch {
    /** Writes frames together. */
    @FunctionalInterface
    interface BatchWriter {
        void write(List<OutgoingFrame> frames) throws WebSocketException;
    }

    private final BatchWriter writer;
    private final List<OutgoingFrame> frames = new ArrayList<>();
    private int bytes;

    SocketBatch(BatchWriter writer) {
        this.writer = writer;
    }

    @Override
    public void send(String text) throws WebSocketException {
        add(Opcode.TEXT, Utf8Text.encode(text, "text message"));
    }

    @Override
    public void sendText(byte[] utf8) throws WebSocketException {
        add(Opcode.TEXT, Utf8Text.check(utf8, "text message"));
    }

    @Override
    public void sendBinary(byte[] data) throws WebSocketException {
        add(Opcode.BINARY, data);
    }

    private void add(Opcode opcode, byte[] payload) throws WebSocketException {
        frames.add(new OutgoingFrame(opcode, payload));
        bytes += payload.length;
        if (frames.size() == MAX_MESSAGES || bytes >= MAX_BYTES) {
            flush();
        }
    }

    @Override
    public void flush() throws WebSocketException {
        if (frames.isEmpty()) {
            return;
        }
        try {
            writer.write(frames);
        } finally {
            // After a failure the connection is lost, and the messages with it.
            frames.clear();
            bytes = 0;
        }
    }

    @Override
    public void close() throws WebSocketException {
        flush();
    }
}
