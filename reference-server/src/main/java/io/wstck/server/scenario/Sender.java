package io.wstck.server.scenario;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.deflate.DeflateForm;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.deflate.MessageCompressor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plays each {@link Step.Send}: makes its frames or bytes, queues them for writing, and journals its message. The
 * player's thread only.
 */
final class Sender {
    private final PlayedConnection connection;
    private Optional<MessageCompressor> compressor = Optional.empty();

    Sender(PlayedConnection connection) {
        this.connection = connection;
    }

    /** Enables compression of messages. */
    void enableCompression(DeflateParameters parameters) {
        compressor = Optional.of(new MessageCompressor(parameters));
    }

    /** Whether messages may be compressed. */
    boolean compresses() {
        return compressor.isPresent();
    }

    /** Queues the frames or bytes of {@code step}. */
    SendResult send(Step.Send step) throws InterruptedException {
        return switch (step) {
            case Step.SendMessage message -> message(message);
            case Step.SendFrame frame -> frame(frame);
            case Step.SendPing ping -> frame(ping.frame());
            case Step.SendPong pong -> frame(pong.frame());
            case Step.SendClose close -> frame(close.frame());
            case Step.SendBytes bytes -> connection.sendBytes(bytes.payload().content(), bytes.chop());
        };
    }

    /**
     * Queues an echo of the message, compressed if the message was. The echo reuses its record in the journal, so it
     * needs no second digest.
     */
    SendResult echo(InboundEvent.ReceivedMessage data) throws InterruptedException {
        Message message = data.message();
        boolean compressed = message.coding() instanceof MessageCoding.Deflated;
        if (compressed && compressor.isEmpty()) {
            return SendResult.NOT_NEGOTIATED;
        }
        Bytes carried = compressed
                ? compressor.orElseThrow().compress(message.content(), DeflateForm.standard())
                : message.content();
        // Only the first frame of a compressed message has RSV1 (RFC 7692 §6.1).
        FrameHeader header = FrameHeader.of(Fin.LAST, message.type().opcode(), carried.length())
                .withRsv(compressed ? FrameHeader.RSV1 : 0);
        ConnectionLog log = connection.log();
        RecordedPayload evidence = data.evidence();
        PayloadRange payload = PayloadRange.all(PayloadSpec.of(carried));
        SendResult written = connection.sendFrame(
                header, payload, compressed ? payload.evidence(log.digest()) : evidence, OptionalInt.empty());
        if (written == SendResult.SENT) {
            MessageCoding coding = compressed
                    ? new MessageCoding.Deflated(carried.length(), Optional.empty())
                    : new MessageCoding.Plain();
            log.message(Direction.OUT, message.type(), 1, evidence, coding);
        }
        return written;
    }

    private SendResult frame(Step.SendFrame frame) throws InterruptedException {
        PayloadRange payload = PayloadRange.all(frame.payload());
        return connection.sendFrame(
                frame.header(), payload, payload.evidence(connection.log().digest()), frame.chop());
    }

    /** Queues the message of {@code step}. */
    private SendResult message(Step.SendMessage step) throws InterruptedException {
        if (step.compress().isPresent() && compressor.isEmpty()) {
            return SendResult.NOT_NEGOTIATED;
        }
        PayloadSpec content = step.payload();
        PayloadSpec carried = step.compress()
                .map(form -> PayloadSpec.of(compressor.orElseThrow().compress(content.content(), form)))
                .orElse(content);
        List<Integer> sizes = step.fragments().of(carried.length());
        if (step.interleave().size() > sizes.size() - 1) {
            return SendResult.TOO_FEW_FRAMES;
        }
        RecordedPayload evidence =
                PayloadRange.all(content).evidence(connection.log().digest());
        SendResult written = frames(step, carried, sizes, evidence);
        if (written == SendResult.SENT) {
            MessageCoding coding = step.compress().isPresent()
                    ? new MessageCoding.Deflated(carried.length(), Optional.empty())
                    : new MessageCoding.Plain();
            connection.log().message(Direction.OUT, step.type(), sizes.size(), evidence, coding);
        }
        return written;
    }

    private SendResult frames(Step.SendMessage step, PayloadSpec carried, List<Integer> sizes, RecordedPayload evidence)
            throws InterruptedException {
        int from = 0;
        for (int i = 0; i < sizes.size(); i++) {
            Fin fin = i == sizes.size() - 1 ? Fin.LAST : Fin.MORE;
            int opcode = i == 0 ? step.type().opcode() : Opcode.CONTINUATION;
            // Only the first frame of a compressed message has RSV1 (RFC 7692 §6.1).
            int rsv = i == 0 && step.compress().isPresent() ? FrameHeader.RSV1 : 0;
            PayloadRange fragment = new PayloadRange(carried, from, from + sizes.get(i));
            from += sizes.get(i);
            boolean wholeAndPlain = sizes.size() == 1 && step.compress().isEmpty();
            SendResult written = connection.sendFrame(
                    FrameHeader.of(fin, opcode, fragment.length()).withRsv(rsv),
                    fragment,
                    wholeAndPlain
                            ? evidence
                            : fragment.evidence(connection.log().digest()),
                    step.chop());
            if (written == SendResult.SENT && i < step.interleave().size()) {
                written = send(step.interleave().get(i));
            }
            if (written != SendResult.SENT) {
                return written;
            }
        }
        return SendResult.SENT;
    }
}
