package io.wstck.server.wire.deflate;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.BlockInflater.Block;
import io.wstck.server.wire.deflate.Inflated.Reach;
import io.wstck.server.wire.deflate.Output.OutputLimitException;
import io.wstck.server.wire.deflate.Output.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Inflates the messages of one client, in their order, and says what is wrong with each (RFC 7692 §7.2.2). It remembers more
 * than was negotiated, so that a reference that goes too far is told apart from one to nowhere, and reading goes on. One thread.
 */
public final class MessageInflater {
    private static final byte[] NOTHING = {};

    private final Output.Window window;
    private final int limit;
    private byte[] history = NOTHING;
    /** The bytes of the message before: the next one is often as long. */
    private int previous;

    /**
     * An inflater for what the client sends under {@code parameters}.
     *
     * @param limit the most bytes that a message may inflate to
     */
    public MessageInflater(DeflateParameters parameters, int limit) {
        Scope scope = parameters.clientTakeover() == ContextTakeover.SLIDING ? Scope.CONNECTION : Scope.MESSAGE;
        this.window = new Output.Window(1 << parameters.clientWindowBits(), scope);
        this.limit = limit;
    }

    /** Inflates the joined payload of one message's frames. */
    public Inflated inflate(Bytes compressed) {
        int length = compressed.length();
        byte[] bytes = new byte[length + DeflateFormat.tailLength()];
        compressed.copyInto(bytes, 0);
        DeflateFormat.putTail(bytes, length);
        Output out = new Output(history, window, (int) Math.min(limit, Math.max(4L * length, previous)), limit);
        List<Violation> found = new ArrayList<>();
        try {
            Optional<Violation> end = inflate(bytes, length, out);
            tooFar(out).ifPresent(found::add);
            end.ifPresent(found::add);
            Reach reach = out.reachesBack() ? Reach.EARLIER_MESSAGES : Reach.ALONE;
            byte[] message = out.message();
            // A small message must not hold the room of a large one that came once.
            previous = Math.min(message.length, 64 * length);
            return new Inflated.Whole(Bytes.owning(message), reach, found);
        } catch (BrokenDeflateException broken) {
            tooFar(out).ifPresent(found::add);
            found.add(new Violation(Rule.DEFLATE_DATA, describe(length) + " does not inflate: " + broken.getMessage()));
            return new Inflated.Broken(found);
        } catch (OutputLimitException tooLong) {
            return new Inflated.TooLong(limit);
        } finally {
            history = out.history();
        }
    }

    private static Optional<Violation> tooFar(Output out) {
        return out.tooFar().map(detail -> new Violation(Rule.DEFLATE_WINDOW, "compressed message whose " + detail));
    }

    private static String describe(int length) {
        return "compressed message of " + length + " bytes";
    }

    /**
     * Inflates {@code bytes}, the tail behind the first {@code length} of them. A message that keeps to RFC 7692 §7.2.1 ends with
     * the header of an empty stored block, of which the tail is the rest.
     */
    private static Optional<Violation> inflate(byte[] bytes, int length, Output out)
            throws BrokenDeflateException, OutputLimitException {
        BitReader in = new BitReader(bytes);
        BlockInflater blocks = new BlockInflater(bytes, in, out);
        BlockInflater.Read before = new BlockInflater.Read(Block.OTHER, false);
        while (!in.atEnd()) {
            if (in.position() + 3 > 8L * length) {
                return Optional.of(wrongEnd(bytes, length, before));
            }
            before = blocks.next();
            boolean tail = in.atEnd() && before.block() == Block.EMPTY_STORED;
            if (in.position() > 8L * length && !tail) {
                throw new BrokenDeflateException("it ends inside a block");
            }
        }
        return Optional.empty();
    }

    /** All of it is inflated, and the empty block is not there. */
    private static Violation wrongEnd(byte[] bytes, int length, BlockInflater.Read before) {
        // An empty final block has the same last bytes. It is not the block whose end is to be removed.
        if (before.block() == Block.EMPTY_STORED && !before.last() && DeflateFormat.endsWithTail(bytes, length)) {
            return new Violation(Rule.DEFLATE_TAIL, describe(length) + " ends with 00 00 ff ff");
        }
        String where = before.last() ? " after a final block" : "";
        return new Violation(
                Rule.DEFLATE_DATA, describe(length) + " ends" + where + " without the header of an empty stored block");
    }
}
