package io.wstck.server.wire.deflate;

import io.wstck.server.text.FormatWord;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Tells how the server compresses a message that it sends: the type and size of its blocks, and peculiarities of the
 * message.
 *
 * @param blockSize the bytes of the message in a block, at least 1
 */
public record DeflateForm(BlockType blocks, OptionalInt blockSize, Set<Trait> traits) {
    public DeflateForm {
        if (blockSize.isPresent() && blockSize.getAsInt() < 1) {
            throw new IllegalArgumentException("block_size: expected at least 1, got " + blockSize.getAsInt());
        }
        traits = Set.copyOf(traits);
    }

    /** The block types of RFC 1951 §3.2.3. */
    public enum BlockType implements FormatWord {
        DYNAMIC("dynamic"),
        FIXED("fixed"),
        STORED("stored");

        private final String word;

        BlockType(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Legal peculiarities of a compressed message, and one illegal one: {@link #KEEP_TAIL}. */
    public enum Trait {
        /** An empty stored block follows each block. */
        EMPTY_BLOCKS,
        /** The last block has BFINAL set (RFC 7692 §7.2.3.4). */
        FINAL,
        /** The message does not refer to earlier messages. */
        FRESH,
        /** The four bytes {@code 00 00 ff ff} stay at the end. */
        KEEP_TAIL
    }

    /** The usual form: dynamic blocks of the default size. */
    public static DeflateForm standard() {
        return new DeflateForm(BlockType.DYNAMIC, OptionalInt.empty(), Set.of());
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
