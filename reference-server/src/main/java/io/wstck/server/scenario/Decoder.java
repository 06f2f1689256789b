package io.wstck.server.scenario;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Coding;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.FrameReader;
import io.wstck.server.wire.HandshakeRules;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.NotTaken;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.Payload;
import io.wstck.server.wire.PayloadRecorder;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.WireEvent;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** What a client's bytes mean at the stage that the connection is in. One thread. */
interface Decoder {
    /** Takes bytes from {@code in}, journals them, and tells {@code sink}; what it leaves belongs to the next stage. */
    void decode(ByteBuffer in, Consumer<Inbound> sink);

    /** The client has ended its side. */
    void end();

    /** Nothing more is decoded, though the client has not ended its side: journals what was taken and is incomplete. */
    void abandon();

    /** No other decoder follows: takes also what would be left for one, and journals it as bytes. */
    void takeAll();

    /** What the bytes are that this decoder leaves, where that is known without a later stage. */
    default Optional<String> rest() {
        return Optional.empty();
    }

    /** Bytes that mean nothing. */
    static Decoder bytes(ConnectionLog log) {
        return new Decoder() {
            @Override
            public void decode(ByteBuffer in, Consumer<Inbound> sink) {
                byte[] all = new byte[in.remaining()];
                in.get(all);
                log.bytes(Direction.IN, log.evidenceOf(Bytes.owning(all)));
            }

            @Override
            public void end() {}

            @Override
            public void abandon() {}

            @Override
            public void takeAll() {}
        };
    }

    /** More than is kept of what no other decoder takes. It is counted, so that the client is never blocked and its end is seen. */
    final class OfExcess implements Decoder {
        private final ConnectionLog log;
        private final PayloadRecorder recorder;
        private final String what;

        /**
         * @param what the bytes are
         */
        OfExcess(ConnectionLog log, String what) {
            this.log = log;
            this.what = what;
            this.recorder = new PayloadRecorder(log.digest());
        }

        @Override
        public void decode(ByteBuffer in, Consumer<Inbound> sink) {
            byte[] all = new byte[in.remaining()];
            in.get(all);
            recorder.add(all, all.length);
        }

        @Override
        public void end() {}

        @Override
        public void abandon() {}

        @Override
        public void takeAll() {}

        /** Once, at the connection's end. */
        void journal() {
            log.unread(recorder.finish(), what);
        }
    }

    /** One HTTP request, and nothing after it. */
    final class OfRequest implements Decoder {
        private final ConnectionLog log;
        private final RequestReader reader = new RequestReader();
        private RequestReader.Progress progress = RequestReader.Progress.MORE_NEEDED;
        private Optional<Decoder> bytesBehind = Optional.empty();

        OfRequest(ConnectionLog log) {
            this.log = log;
        }

        @Override
        public void decode(ByteBuffer in, Consumer<Inbound> sink) {
            if (progress == RequestReader.Progress.TOO_LONG) {
                return;
            }
            if (progress == RequestReader.Progress.COMPLETE) {
                bytesBehind.ifPresent(decoder -> decoder.decode(in, sink));
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
                sink.accept(new Inbound.RequestTooLong(RequestReader.LIMIT));
            } else {
                HandshakeRules.check(reader.request()).forEach(log::violation);
                sink.accept(new Inbound.Request(reader.request()));
            }
        }

        @Override
        public void end() {
            if (progress == RequestReader.Progress.MORE_NEEDED && reader.raw().length() > 0) {
                log.bytes(Direction.IN, log.evidenceOf(reader.raw()));
            }
        }

        @Override
        public void abandon() {
            end();
        }

        @Override
        public void takeAll() {
            bytesBehind = Optional.of(Decoder.bytes(log));
        }

        @Override
        public Optional<String> rest() {
            return progress == RequestReader.Progress.TOO_LONG ? Optional.of(RequestReader.REST) : Optional.empty();
        }
    }

    /** Frames. */
    final class OfFrames implements Decoder {
        private final ConnectionLog log;
        private final FrameReader reader;
        private Optional<Payload> lastPayload = Optional.empty();

        OfFrames(ConnectionLog log, FrameReader reader) {
            this.log = log;
            this.reader = reader;
        }

        @Override
        public void decode(ByteBuffer in, Consumer<Inbound> sink) {
            reader.feed(in, event -> take(event, sink));
        }

        @Override
        public void end() {
            reader.end(event -> take(event, _ -> {}));
        }

        @Override
        public void abandon() {
            reader.incomplete().ifPresent(bytes -> log.unread(bytes, "the start of a frame"));
        }

        @Override
        public void takeAll() {}

        private void take(WireEvent event, Consumer<Inbound> sink) {
            switch (event) {
                case WireEvent.FrameRead frame -> {
                    log.frame(Direction.IN, frame.header(), frame.payload());
                    lastPayload = Optional.of(frame.payload());
                    control(frame.header(), frame.payload().kept()).ifPresent(sink);
                }
                case WireEvent.MessageRead read -> {
                    Payload evidence = journal(read.message());
                    sink.accept(new Inbound.Data(read.message(), evidence));
                }
                case WireEvent.ViolationFound found -> log.violation(found.violation());
                case WireEvent.MessageBroken _ -> sink.accept(new Inbound.Broken());
                case WireEvent.MessageNotTaken notTaken -> {
                    if (notTaken.why() == NotTaken.NO_MEMORY) {
                        log.trouble("there was " + notTaken.why().description());
                    }
                    sink.accept(new Inbound.Untaken(notTaken.why()));
                }
            }
        }

        private Payload journal(Message message) {
            // A plain message in one frame has that frame's payload: no second digest over megabytes.
            boolean framePayload = message.fragments() == 1 && message.coding() instanceof Coding.Plain;
            Payload payload = framePayload ? lastPayload.orElseThrow() : log.evidenceOf(message.content());
            log.message(Direction.IN, message.type(), message.fragments(), payload, message.coding());
            return payload;
        }

        private static Optional<Inbound> control(FrameHeader header, Bytes payload) {
            return switch (header.opcode()) {
                case Opcode.PING -> Optional.of(new Inbound.Ping(payload));
                case Opcode.PONG -> Optional.of(new Inbound.Pong(payload));
                case Opcode.CLOSE -> Optional.of(new Inbound.Close(new CloseStatus(payload)));
                default -> Optional.empty();
            };
        }
    }
}
