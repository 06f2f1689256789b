package io.wstck.server.head;

import io.wstck.server.wire.Header;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides whether reports and the live view hide the value of a header: credentials, unless the kit has chosen the
 * value. Immutable.
 */
public final class SensitiveHeaders {
    /** A name is sensitive if it contains one of these after removal of punctuation. */
    private static final List<String> PARTS = List.of(
            "authorization",
            "cookie",
            "token",
            "secret",
            "password",
            "passwd",
            "credential",
            "session",
            "signature",
            "apikey",
            "accesskey",
            "privatekey");

    /** A name is sensitive if one of these is a word of it, between punctuation. */
    private static final Set<String> WORDS = Set.of("auth", "jwt");

    private final String ownText;

    private SensitiveHeaders(String ownText) {
        this.ownText = ownText;
    }

    /** Hides every credential. */
    public static SensitiveHeaders hideAll() {
        return new SensitiveHeaders("");
    }

    /**
     * Hides every credential except values that occur literally in a text of the kit.
     *
     * @param ownText the file of the case; the kit has chosen the values in it, so they are no secrets
     */
    public static SensitiveHeaders except(String ownText) {
        return new SensitiveHeaders(ownText);
    }

    /** Whether the value of {@code header} must be hidden. */
    boolean hides(Header header) {
        return isSensitive(header.name()) && !isOwn(header.value());
    }

    /**
     * Whether headers of this name carry credentials. Punctuation and control characters are ignored, because servers
     * and proxies treat them differently.
     */
    static boolean isSensitive(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String letters = lower.replaceAll("[^a-z0-9]", "");
        return PARTS.stream().anyMatch(letters::contains)
                || Arrays.stream(lower.split("[^a-z0-9]+")).anyMatch(WORDS::contains);
    }

    private boolean isOwn(String value) {
        return !value.isEmpty() && ownText.contains(value);
    }
}
