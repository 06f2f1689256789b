package io.wstck.server.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** An immutable sequence of bytes, compared by value. Any thread. */
public final class Bytes {
    /** The empty sequence. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    /** The number of bytes after which {@link #toString} cuts. */
    private static final int SHOWN = 60;

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of {@code bytes}. */
    public static Bytes copyOf(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    /** Wraps {@code bytes} without a copy. The caller must not change them afterwards. */
    public static Bytes owning(byte[] bytes) {
        return new Bytes(bytes);
    }

    /** The UTF-8 form of {@code text}. */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The number of bytes. */
    public int length() {
        return content.length;
    }

    /** A copy of the content. */
    public byte[] toArray() {
        return content.clone();
    }

    /** The content itself, not a copy. The caller must not change it. */
    byte[] backingArray() {
        return content;
    }

    /** Copies the content into {@code target}, starting at index {@code at}. */
    public void copyInto(byte[] target, int at) {
        System.arraycopy(content, 0, target, at, content.length);
    }

    /** A read-only view of the content, without a copy. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    public Bytes slice(int from, int to) {
        return new Bytes(Arrays.copyOfRange(content, from, to));
    }

    /** The text; empty unless the bytes are valid UTF-8. */
    public Optional<String> text() {
        // A decoder that throws takes far longer for binary data.
        return Utf8Validator.isValid(this)
                ? Optional.of(new String(content, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** SHA-256 of the bytes, in lower-case hex. */
    public String sha256() {
        return HexFormat.of().formatHex(newSha256().digest(content));
    }

    /** A new SHA-256 digest. Every Java platform must provide it. */
    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("SHA-256 is required of every Java platform", impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** The content for error messages: text in quotes, or hex. Content of more than 60 bytes is cut. */
    @Override
    public String toString() {
        int shown = Math.min(content.length, SHOWN);
        String tail = shown < content.length ? "… (" + content.length + " bytes)" : "";
        return quotedText(SHOWN).orElseGet(() -> "0x" + HexFormat.of().formatHex(content, 0, shown)) + tail;
    }

    /**
     * The first bytes as text in quotes, on one line, without a character that the cut splits. Empty unless they are
     * UTF-8. Content that itself ends inside a character is no UTF-8.
     *
     * @param most the number of bytes after which the text is cut
     */
    public Optional<String> quotedText(int most) {
        int count = Math.min(content.length, most);
        CharBuffer text = CharBuffer.allocate(count);
        boolean whole = count == content.length;
        CoderResult result =
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, 0, count), text, whole);
        return result.isError()
                ? Optional.empty()
                : Optional.of('"' + PrintableExcerpt.printable(text.flip().toString()) + '"');
    }
}
