package io.wstck.server.wire.deflate;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.InflateResult;
import io.wstck.server.wire.InflateResult.ContextDependency;
import io.wstck.server.wire.NegotiatedCompression;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.BlockInflater.BlockKind;
import io.wstck.server.wire.deflate.InflateBuffer.OutputLimitException;
import io.wstck.server.wire.deflate.InflateBuffer.ReferenceScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Inflates the messages of one client in their order, and reports the violations of each (RFC 7692 §7.2.2). It keeps
 * more history than was negotiated. So it can inflate a message whose references reach beyond the window, and report
 * them. One thread.
 */
public final class MessageInflater implements NegotiatedCompression.Inflater {
    private static final byte[] NOTHING = {};

    private final InflateBuffer.Window window;
    private final int limit;
    private byte[] history = NOTHING;
    /** The inflated length of the previous message, as an estimate for the next. */
    private int previousLength;

    /**
     * An inflater for the client's messages under {@code parameters}.
     *
     * @param limit the largest inflated size of a message, in bytes
     */
    public MessageInflater(DeflateParameters parameters, int limit) {
        ReferenceScope scope = parameters.clientTakeover() == ContextTakeover.SLIDING
                ? ReferenceScope.CONNECTION
                : ReferenceScope.MESSAGE;
        this.window = new InflateBuffer.Window(1 << parameters.clientWindowBits(), scope);
        this.limit = limit;
    }

    @Override
    public InflateResult inflate(Bytes compressed) {
        int length = compressed.length();
        byte[] bytes = new byte[length + DeflateFormat.tailLength()];
        compressed.copyInto(bytes, 0);
        DeflateFormat.putTail(bytes, length);
        InflateBuffer out =
                new InflateBuffer(history, window, (int) Math.min(limit, Math.max(4L * length, previousLength)), limit);
        List<Violation> found = new ArrayList<>();
        try {
            Optional<Violation> end = inflate(bytes, length, out);
            windowViolation(out).ifPresent(found::add);
            end.ifPresent(found::add);
            ContextDependency reach =
                    out.reachesBack() ? ContextDependency.EARLIER_MESSAGES : ContextDependency.INDEPENDENT;
            byte[] message = out.message();
            // A small message must not allocate as much as an earlier large one.
            previousLength = Math.min(message.length, 64 * length);
            return new InflateResult.InflatedContent(Bytes.owning(message), reach, found);
        } catch (BrokenDeflateException broken) {
            windowViolation(out).ifPresent(found::add);
            found.add(new Violation(Rule.DEFLATE_DATA, describe(length) + " does not inflate: " + broken.getMessage()));
            return new InflateResult.InvalidDeflate(found);
        } catch (OutputLimitException tooLong) {
            return new InflateResult.TooLong(limit);
        } finally {
            history = out.history();
        }
    }

    private static Optional<Violation> windowViolation(InflateBuffer out) {
        return out.outOfRangeReference()
                .map(detail -> new Violation(Rule.DEFLATE_WINDOW, "compressed message whose " + detail));
    }

    private static String describe(int length) {
        return "compressed message of " + length + " bytes";
    }

    /**
     * Inflates {@code bytes}: the first {@code length} of them are the message, and the tail follows. A message that
     * keeps to RFC 7692 §7.2.1 ends with the header of an empty stored block, which the tail completes.
     */
    private static Optional<Violation> inflate(byte[] bytes, int length, InflateBuffer out)
            throws BrokenDeflateException, OutputLimitException {
        BitReader in = new BitReader(bytes);
        BlockInflater blocks = new BlockInflater(bytes, in, out);
        BlockInflater.InflatedBlock before = new BlockInflater.InflatedBlock(BlockKind.OTHER, false);
        while (!in.atEnd()) {
            if (in.position() + 3 > 8L * length) {
                return Optional.of(wrongEnd(bytes, length, before));
            }
            before = blocks.next();
            boolean tail = in.atEnd() && before.block() == BlockKind.EMPTY_STORED;
            if (in.position() > 8L * length && !tail) {
                throw new BrokenDeflateException("it ends inside a block");
            }
        }
        return Optional.empty();
    }

    /** The violation of a message that is inflated but does not end with an empty stored block. */
    private static Violation wrongEnd(byte[] bytes, int length, BlockInflater.InflatedBlock before) {
        // An empty final block has the same last bytes, but it is not the block whose end a sender removes.
        if (before.block() == BlockKind.EMPTY_STORED && !before.last() && DeflateFormat.endsWithTail(bytes, length)) {
            return new Violation(Rule.DEFLATE_TAIL, describe(length) + " ends with 00 00 ff ff");
        }
        String where = before.last() ? " after a final block" : "";
        return new Violation(
                Rule.DEFLATE_DATA, describe(length) + " ends" + where + " without the header of an empty stored block");
    }
}
