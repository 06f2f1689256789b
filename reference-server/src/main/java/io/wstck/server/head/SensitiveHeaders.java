package io.wstck.server.head;

import io.wstck.server.wire.Header;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides which header values are shown by their length alone, in every rendering of a handshake: credentials, unless the value is the
 * kit's own. Immutable.
 */
public final class SensitiveHeaders {
    /** In a name without its punctuation. */
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

    /** Between the punctuation of a name. */
    private static final Set<String> WORDS = Set.of("auth", "jwt");

    private final String ownText;

    private SensitiveHeaders(String ownText) {
        this.ownText = ownText;
    }

    /** Every credential is hidden. */
    public static SensitiveHeaders hideAll() {
        return new SensitiveHeaders("");
    }

    /**
     * Every credential is hidden, except values that occur literally in a text of the kit's own.
     *
     * @param ownText the file of the case that is played: a value in it was chosen by the kit, and is no secret
     */
    public static SensitiveHeaders except(String ownText) {
        return new SensitiveHeaders(ownText);
    }

    /** Whether the value of {@code header} may not be shown. */
    boolean hides(Header header) {
        return isSensitive(header.name()) && !isOwn(header.value());
    }

    /** Whether headers of that name carry credentials. Punctuation and control characters do not count: no server or proxy treats them alike. */
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
