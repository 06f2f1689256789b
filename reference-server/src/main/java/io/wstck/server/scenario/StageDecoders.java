package io.wstck.server.scenario;

import io.wstck.server.connection.ServerConnection;
import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.PayloadRecorder;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Switches the decoders of one connection, one per stage, and handles bytes that no decoder takes. The player's thread
 * only.
 */
final class StageDecoders {
    private final ConnectionLog log;
    private final Consumer<InboundEvent> sink;
    private Decoder decoder;
    /** The description of bytes that an earlier decoder has left, if it has one. */
    private Optional<String> restDescription = Optional.empty();

    /**
     * Records bytes that no decoder takes and that exceed the buffer. The server reads them so that it does not block
     * the client and sees its end.
     */
    private Optional<PayloadRecorder> excess = Optional.empty();

    private boolean clientEnded;

    /** Starts with the decoder {@code first}. All decoders pass their events to {@code sink}. */
    StageDecoders(ConnectionLog log, Consumer<InboundEvent> sink, Decoder first) {
        this.log = log;
        this.sink = sink;
        this.decoder = first;
    }

    /** Starts a stage: {@code next} decodes the bytes from here on, including buffered ones. */
    void beginStage(Decoder next) {
        if (excess.isPresent()) {
            // The next stage has lost its first bytes, so it cannot decode the others.
            sink.accept(new InboundEvent.EarlyBytesOverflow(ServerConnection.BUFFER));
            return;
        }
        stopDecoder();
        restDescription = restDescription();
        decoder = next;
    }

    /** Makes the current stage the last one. Bytes that its decoder would leave are journaled as raw bytes. */
    void makeCurrentLast() {
        decoder.becomeLast();
    }

    void take(ByteBuffer in) {
        decoder.decode(in, sink);
    }

    /** Takes bytes that exceed the buffer for a later stage. Nothing is decoded after that. */
    void takeExcess(ByteBuffer in) {
        restDescription = restDescription()
                .or(() -> Optional.of(new InboundEvent.EarlyBytesOverflow(ServerConnection.BUFFER).describe()));
        PayloadRecorder recorder = new PayloadRecorder(log.digest());
        excess = Optional.of(recorder);
        decoder = (more, _) -> {
            byte[] all = new byte[more.remaining()];
            more.get(all);
            recorder.add(all, all.length);
        };
        decoder.decode(in, sink);
    }

    private Optional<String> restDescription() {
        return restDescription.or(decoder::restDescription);
    }

    void clientEnded() {
        clientEnded = true;
        decoder.endInput();
    }

    private void stopDecoder() {
        if (!clientEnded) {
            decoder.stop();
        }
    }

    /**
     * Journals bytes that are in no entry, after the end of the connection. {@code left} are those that no decoder
     * took.
     */
    void journalUnread(Bytes left) {
        if (excess.isPresent()) {
            log.unread(excess.get().finish(), restDescription.orElseThrow());
        } else if (left.length() > 0) {
            log.unread(log.evidenceOf(left), restDescription().orElse("no step read them"));
        }
        stopDecoder();
    }
}
