package io.wstck.server.scenario;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.DiscardReason;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.FrameReader;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.WireEvent;
import io.wstck.server.wire.handshake.HandshakeRules;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** Decodes the client's bytes in one stage of a connection. One thread. */
interface Decoder {
    /**
     * Decodes bytes of {@code in}, journals them and passes events to {@code sink}. Bytes that it leaves belong to the
     * next stage.
     */
    void decode(ByteBuffer in, Consumer<InboundEvent> sink);

    /** Handles the end of the client's side. */
    default void endInput() {}

    /** Ends decoding before the client has ended its side. Journals incomplete input. */
    default void stop() {}

    /** Makes this decoder the last one. It journals bytes that it would leave for a next stage as raw bytes. */
    default void becomeLast() {}

    /** Describes the bytes that this decoder leaves, if it knows what they are. */
    default Optional<String> restDescription() {
        return Optional.empty();
    }

    /** A decoder that journals all input as raw bytes. */
    static Decoder bytes(ConnectionLog log) {
        return (in, _) -> {
            byte[] all = new byte[in.remaining()];
            in.get(all);
            log.bytes(Direction.IN, log.evidenceOf(Bytes.owning(all)));
        };
    }

    /** Decodes one HTTP request, and leaves the bytes after it. */
    final class RequestDecoder implements Decoder {
        private final ConnectionLog log;
        private final RequestReader reader = new RequestReader();
        private RequestReader.Progress progress = RequestReader.Progress.MORE_NEEDED;
        private Optional<Decoder> restDecoder = Optional.empty();

        RequestDecoder(ConnectionLog log) {
            this.log = log;
        }

        @Override
        public void decode(ByteBuffer in, Consumer<InboundEvent> sink) {
            if (progress == RequestReader.Progress.TOO_LONG) {
                return;
            }
            if (progress == RequestReader.Progress.COMPLETE) {
                restDecoder.ifPresent(decoder -> decoder.decode(in, sink));
                return;
            }
            progress = reader.feed(in);
            if (progress == RequestReader.Progress.MORE_NEEDED) {
                return;
            }
            log.request(reader.request());
            if (progress == RequestReader.Progress.TOO_LONG) {
                log.violation(new Violation(
                        Rule.HANDSHAKE_REQUEST, "request header of more than " + RequestReader.LIMIT + " bytes"));
                sink.accept(new InboundEvent.RequestTooLong(RequestReader.LIMIT));
            } else {
                HandshakeRules.check(reader.request()).forEach(log::violation);
                sink.accept(new InboundEvent.Request(reader.request()));
            }
        }

        @Override
        public void endInput() {
            if (progress == RequestReader.Progress.MORE_NEEDED && reader.raw().length() > 0) {
                log.bytes(Direction.IN, log.evidenceOf(reader.raw()));
            }
        }

        @Override
        public void stop() {
            endInput();
        }

        @Override
        public void becomeLast() {
            restDecoder = Optional.of(Decoder.bytes(log));
        }

        @Override
        public Optional<String> restDescription() {
            return progress == RequestReader.Progress.TOO_LONG
                    ? Optional.of(RequestReader.REST_DESCRIPTION)
                    : Optional.empty();
        }
    }

    /** Decodes frames. */
    final class FrameDecoder implements Decoder {
        private final ConnectionLog log;
        private final FrameReader reader;
        private final Step.Echo.OnViolation onViolation;
        private Optional<RecordedPayload> lastPayload = Optional.empty();

        /** {@code onViolation}: whether violations are events, too. */
        FrameDecoder(ConnectionLog log, FrameReader reader, Step.Echo.OnViolation onViolation) {
            this.onViolation = onViolation;
            this.log = log;
            this.reader = reader;
        }

        @Override
        public void decode(ByteBuffer in, Consumer<InboundEvent> sink) {
            reader.feed(in, event -> take(event, sink));
        }

        @Override
        public void endInput() {
            reader.endInput(event -> take(event, _ -> {}));
        }

        @Override
        public void stop() {
            reader.incompleteBytes().ifPresent(bytes -> log.unread(bytes, "the start of a frame"));
        }

        private void take(WireEvent event, Consumer<InboundEvent> sink) {
            switch (event) {
                case WireEvent.FrameRead frame -> {
                    log.frame(Direction.IN, frame.header(), frame.payload());
                    lastPayload = Optional.of(frame.payload());
                    control(frame.header(), frame.payload().kept()).ifPresent(sink);
                }
                case WireEvent.MessageRead read -> {
                    RecordedPayload evidence = journal(read.message());
                    sink.accept(new InboundEvent.ReceivedMessage(read.message(), evidence));
                }
                case WireEvent.ViolationFound found -> {
                    log.violation(found.violation());
                    if (onViolation == Step.Echo.OnViolation.FAIL) {
                        sink.accept(new InboundEvent.Violated(found.violation()));
                    }
                }
                case WireEvent.MessageCorrupt _ -> sink.accept(new InboundEvent.CorruptMessage());
                case WireEvent.MessageDiscarded notTaken -> {
                    if (notTaken.reason() == DiscardReason.NO_MEMORY) {
                        log.serverFailed("there was " + notTaken.reason().description());
                    }
                    sink.accept(new InboundEvent.UnassembledMessage(notTaken.reason()));
                }
            }
        }

        private RecordedPayload journal(Message message) {
            // An uncompressed message in one frame has the payload of that frame, so it needs no second digest.
            boolean framePayload = message.fragments() == 1 && message.coding() instanceof MessageCoding.Plain;
            RecordedPayload payload = framePayload ? lastPayload.orElseThrow() : log.evidenceOf(message.content());
            log.message(Direction.IN, message.type(), message.fragments(), payload, message.coding());
            return payload;
        }

        private static Optional<InboundEvent> control(FrameHeader header, Bytes payload) {
            return switch (header.opcode()) {
                case Opcode.PING -> Optional.of(new InboundEvent.Ping(payload));
                case Opcode.PONG -> Optional.of(new InboundEvent.Pong(payload));
                case Opcode.CLOSE -> Optional.of(new InboundEvent.Close(new CloseStatus(payload)));
                default -> Optional.empty();
            };
        }
    }
}
