package io.wstck.server.wire.deflate;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.deflate.BlockWriter.Place;
import io.wstck.server.wire.deflate.DeflateForm.BlockType;
import io.wstck.server.wire.deflate.DeflateForm.Trait;
import java.util.Arrays;

/**
 * Compresses the messages of a server, in their order, in the shape asked for (RFC 7692 §7.2.1). Keeps to the window that was
 * negotiated, and refers to earlier messages wherever it can: not under server_no_context_takeover, and not behind a message
 * whose BFINAL ended the stream. One thread.
 */
public final class MessageCompressor {
    /** Bytes of the message in a block, unless the form says so: about as much as one set of codes is good for. */
    private static final int BLOCK = 128 << 10;

    private final int window;
    private final ContextTakeover takeover;
    private Matcher matcher;

    /** A compressor for what the server sends under {@code parameters}. */
    public MessageCompressor(DeflateParameters parameters) {
        this.window = 1 << parameters.serverWindowBits();
        this.takeover = parameters.serverTakeover();
        this.matcher = Matcher.sliding(window);
    }

    /** The payload of a message: to be split into frames, the first of which has RSV1. */
    public Bytes compress(Bytes message, DeflateForm form) {
        byte[] content = message.toArray();
        Matcher used = form.has(Trait.FRESH) || takeover == ContextTakeover.NONE
                ? Matcher.single(window, content.length)
                : matcher;
        int start = used.size();
        used.append(content);
        BitWriter out = new BitWriter(content.length / 2);
        writeBlocks(used, start, form, new BlockWriter(out));
        if (form.has(Trait.FINAL)) {
            // The stream has ended, and the next one begins with a byte (RFC 7692 §7.2.3.4).
            out.align();
        }
        new BlockWriter(out).storedHeader(Place.BEFORE_OTHERS);
        remember(content, form);
        byte[] compressed = out.toArray();
        return Bytes.owning(form.has(Trait.KEEP_TAIL) ? withTail(compressed) : compressed);
    }

    private static byte[] withTail(byte[] compressed) {
        byte[] all = Arrays.copyOf(compressed, compressed.length + DeflateFormat.tailLength());
        DeflateFormat.putTail(all, compressed.length);
        return all;
    }

    private static void writeBlocks(Matcher matcher, int start, DeflateForm form, BlockWriter writer) {
        int size = form.blockSize().orElse(BLOCK);
        if (form.blocks() == BlockType.STORED) {
            size = Math.min(size, DeflateFormat.MAX_STORED);
        }
        boolean addEmpty = form.has(Trait.EMPTY_BLOCKS);
        int end = matcher.size();
        int from = start;
        do {
            int to = (int) Math.min(end, (long) from + size);
            boolean last = to == end && form.has(Trait.FINAL);
            Place place = last && !addEmpty ? Place.LAST : Place.BEFORE_OTHERS;
            switch (form.blocks()) {
                case STORED -> writer.stored(matcher.data(), from, to - from, place);
                case FIXED -> writer.fixed(matcher.tokens(from, to), place);
                // Codes for nothing are longer than the fixed ones.
                case DYNAMIC -> {
                    if (from == to) {
                        writer.fixed(new Tokens(), place);
                    } else {
                        writer.dynamic(matcher.tokens(from, to), place);
                    }
                }
            }
            if (addEmpty) {
                writer.stored(matcher.data(), to, 0, last ? Place.LAST : Place.BEFORE_OTHERS);
            }
            from = to;
        } while (from < end);
    }

    private void remember(byte[] content, DeflateForm form) {
        if (takeover == ContextTakeover.NONE) {
            return;
        }
        if (form.has(Trait.FINAL)) {
            matcher = Matcher.sliding(window);
            return;
        }
        if (form.has(Trait.FRESH)) {
            matcher.append(content);
        }
        matcher = matcher.trimmed();
    }
}
