package io.wstck.tck.autobahn.exchange;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.deflate.StreamCompressor;
import io.wstck.tck.autobahn.exchange.PeerEvent.EchoEncoding;
import java.util.Optional;
import java.util.OptionalInt;

/** Encodes the messages of one lock-step, and compares their echoes. Holds a compressor. One thread. */
final class LockStepMessages implements AutoCloseable {
    private final MessageType type;
    private final Optional<StreamCompressor> compressor;
    private final OptionalInt fragment;

    private LockStepMessages(MessageType type, Optional<StreamCompressor> compressor, OptionalInt fragment) {
        this.type = type;
        this.compressor = compressor;
        this.fragment = fragment;
    }

    /** The messages of {@code lockStep}. {@code deflate} has the parameters if the messages are compressed. */
    static LockStepMessages of(ExchangeAction.LockStep lockStep, Optional<DeflateParameters> deflate) {
        return switch (lockStep.form()) {
            case ExchangeAction.LockStepEncoding.Plain _ ->
                new LockStepMessages(lockStep.type(), Optional.empty(), OptionalInt.empty());
            case ExchangeAction.LockStepEncoding.Compressed compressed ->
                new LockStepMessages(lockStep.type(), deflate.map(StreamCompressor::of), compressed.fragment());
        };
    }

    OptionalInt fragment() {
        return fragment;
    }

    int rsv() {
        return compressor.isPresent() ? FrameHeader.RSV1 : 0;
    }

    Bytes carried(Bytes content) {
        return compressor.map(deflater -> deflater.compress(content)).orElse(content);
    }

    /** The difference between {@code echo} and an exact echo of {@code content}; empty if there is none. */
    Optional<String> difference(Bytes content, Optional<PeerEvent.Message> echo) {
        if (echo.isEmpty()) {
            return Optional.of("no message: the connection was closed or ended before it");
        }
        PeerEvent.Message message = echo.get();
        if (message.type() != type) {
            return Optional.of("a " + message.type().word() + " message instead of " + type.word());
        }
        if (message.content().length() != content.length()) {
            return Optional.of(
                    "an echo of %d bytes for %d".formatted(message.content().length(), content.length()));
        }
        int mismatch = message.content().buffer().mismatch(content.buffer());
        return mismatch < 0 ? Optional.empty() : Optional.of("an echo that differs from byte " + mismatch + " on");
    }

    /** Whether the message was sent compressed and {@code echo} is plain. */
    boolean isPlain(Optional<PeerEvent.Message> echo) {
        return compressor.isPresent()
                && echo.filter(message -> message.carried() == EchoEncoding.PLAIN)
                        .isPresent();
    }

    @Override
    public void close() {
        compressor.ifPresent(StreamCompressor::close);
    }
}
