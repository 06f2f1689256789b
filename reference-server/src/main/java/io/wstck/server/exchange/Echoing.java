package io.wstck.server.exchange;

import io.wstck.server.exchange.Happening.Carried;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.deflate.StreamCompressor;
import java.util.Optional;
import java.util.OptionalInt;

/** How messages go out in one lock-step, and what their echoes have to be. Holds a compressor. One thread. */
final class Echoing implements AutoCloseable {
    private final MessageType type;
    private final Optional<StreamCompressor> compressor;
    private final OptionalInt fragment;

    private Echoing(MessageType type, Optional<StreamCompressor> compressor, OptionalInt fragment) {
        this.type = type;
        this.compressor = compressor;
        this.fragment = fragment;
    }

    /** For {@code act}; {@code deflate} is there when messages are to be compressed. */
    static Echoing of(Act.LockStep act, Optional<DeflateParameters> deflate) {
        return switch (act.form()) {
            case Act.Form.Plain _ -> new Echoing(act.type(), Optional.empty(), OptionalInt.empty());
            case Act.Form.Compressed compressed ->
                new Echoing(act.type(), deflate.map(StreamCompressor::of), compressed.fragment());
        };
    }

    OptionalInt fragment() {
        return fragment;
    }

    int rsv() {
        return compressor.isPresent() ? FrameHeader.RSV1 : 0;
    }

    Bytes carried(Bytes content) {
        return compressor.map(one -> one.compress(content)).orElse(content);
    }

    /** What distinguishes {@code echo} from an echo of {@code content}; empty when nothing does. */
    Optional<String> difference(Bytes content, Optional<Happening.Message> echo) {
        if (echo.isEmpty()) {
            return Optional.of("no message: the client closed or ended the connection");
        }
        Happening.Message message = echo.get();
        if (message.type() != type) {
            return Optional.of("a " + message.type().id() + " message instead of " + type.id());
        }
        if (message.content().length() != content.length()) {
            return Optional.of(
                    "an echo of %d bytes for %d".formatted(message.content().length(), content.length()));
        }
        int at = message.content().buffer().mismatch(content.buffer());
        return at < 0 ? Optional.empty() : Optional.of("an echo that differs from byte " + at + " on");
    }

    /** Whether the message was sent compressed, and {@code echo} is not. */
    boolean isPlain(Optional<Happening.Message> echo) {
        return compressor.isPresent()
                && echo.filter(message -> message.carried() == Carried.PLAIN).isPresent();
    }

    @Override
    public void close() {
        compressor.ifPresent(StreamCompressor::close);
    }
}
