package io.wstck.server.wire.deflate;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.deflate.BlockWriter.BlockPosition;
import io.wstck.server.wire.deflate.DeflateForm.BlockType;
import io.wstck.server.wire.deflate.DeflateForm.Trait;
import java.util.Arrays;

/**
 * Compresses the messages of a server in their order, in the requested form (RFC 7692 §7.2.1). It keeps to the
 * negotiated window. It refers to earlier messages unless server_no_context_takeover is in force, or an earlier BFINAL
 * has ended the stream. One thread.
 */
public final class MessageCompressor {
    /** The default number of message bytes in a block. One set of codes stays good for about that many. */
    private static final int BLOCK = 128 << 10;

    private final int window;
    private final ContextTakeover takeover;
    private MatchFinder matcher;

    /** A compressor for the server's messages under {@code parameters}. */
    public MessageCompressor(DeflateParameters parameters) {
        this.window = 1 << parameters.serverWindowBits();
        this.takeover = parameters.serverTakeover();
        this.matcher = MatchFinder.sliding(window);
    }

    /** Compresses a message. The caller splits the result into frames and sets RSV1 on the first. */
    public Bytes compress(Bytes message, DeflateForm form) {
        byte[] content = message.toArray();
        MatchFinder used = form.has(Trait.FRESH) || takeover == ContextTakeover.NONE
                ? MatchFinder.single(window, content.length)
                : matcher;
        int start = used.size();
        used.append(content);
        BitWriter out = new BitWriter(content.length / 2);
        writeBlocks(used, start, form, new BlockWriter(out));
        if (form.has(Trait.FINAL)) {
            // The stream has ended. The next one begins at a byte boundary (RFC 7692 §7.2.3.4).
            out.align();
        }
        new BlockWriter(out).writeStoredHeader(BlockPosition.NOT_LAST);
        remember(content, form);
        byte[] compressed = out.toArray();
        return Bytes.owning(form.has(Trait.KEEP_TAIL) ? withTail(compressed) : compressed);
    }

    private static byte[] withTail(byte[] compressed) {
        byte[] all = Arrays.copyOf(compressed, compressed.length + DeflateFormat.tailLength());
        DeflateFormat.putTail(all, compressed.length);
        return all;
    }

    private static void writeBlocks(MatchFinder matcher, int start, DeflateForm form, BlockWriter writer) {
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
            BlockPosition place = last && !addEmpty ? BlockPosition.LAST : BlockPosition.NOT_LAST;
            switch (form.blocks()) {
                case STORED -> writer.writeStored(matcher.data(), from, to - from, place);
                case FIXED -> writer.writeFixed(matcher.tokens(from, to), place);
                // The codes of an empty dynamic block would take more bytes than a fixed block.
                case DYNAMIC -> {
                    if (from == to) {
                        writer.writeFixed(new Tokens(), place);
                    } else {
                        writer.writeDynamic(matcher.tokens(from, to), place);
                    }
                }
            }
            if (addEmpty) {
                writer.writeStored(matcher.data(), to, 0, last ? BlockPosition.LAST : BlockPosition.NOT_LAST);
            }
            from = to;
        } while (from < end);
    }

    private void remember(byte[] content, DeflateForm form) {
        if (takeover == ContextTakeover.NONE) {
            return;
        }
        if (form.has(Trait.FINAL)) {
            matcher = MatchFinder.sliding(window);
            return;
        }
        if (form.has(Trait.FRESH)) {
            matcher.append(content);
        }
        matcher = matcher.trimmed();
    }
}
