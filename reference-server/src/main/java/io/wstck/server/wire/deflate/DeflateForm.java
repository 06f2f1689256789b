package io.wstck.server.wire.deflate;

import java.util.OptionalInt;
import java.util.Set;

/**
 * The shape of a compressed message.
 *
 * @param blockSize bytes of the message that a block holds, at least 1
 */
public record DeflateForm(BlockType blocks, OptionalInt blockSize, Set<Trait> traits) {
    public DeflateForm {
        if (blockSize.isPresent() && blockSize.getAsInt() < 1) {
            throw new IllegalArgumentException("block_size: expected at least 1, got " + blockSize.getAsInt());
        }
        traits = Set.copyOf(traits);
    }

    /** The types of RFC 1951 §3.2.3. */
    public enum BlockType {
        DYNAMIC,
        FIXED,
        STORED
    }

    /** What is out of the ordinary. */
    public enum Trait {
        /** An empty stored block follows each block. */
        EMPTY_BLOCKS,
        /** BFINAL is set on the last block (RFC 7692 §7.2.3.4). */
        FINAL,
        /** It does not refer to earlier messages. */
        FRESH,
        /** The four bytes {@code 00 00 ff ff} stay at the end. */
        KEEP_TAIL
    }

    /** What a server usually sends. */
    public static DeflateForm plain() {
        return new DeflateForm(BlockType.DYNAMIC, OptionalInt.empty(), Set.of());
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
