package io.wstck.tck.fuzz;

/** What every refusal must say: one sentence of bounded length, on one line. */
public final class Sentences {
    private Sentences() {}

    /** Throws a finding unless the message is a sentence of at most {@code limit} characters without control characters. */
    static void check(String message, int limit) {
        checkLength(message, limit);
        for (int at = 0; at < message.length(); at++) {
            if (Character.isISOControl(message.charAt(at))) {
                throw new Finding("expected a sentence without control characters, got U+%04x at index %d of: %s"
                        .formatted((int) message.charAt(at), at, message));
            }
        }
    }

    /** The same for a sentence of the kit, which shows control characters by their numbers where it prints. */
    public static void checkLength(String message, int limit) {
        if (message == null || message.isBlank()) {
            throw new Finding("expected a sentence, got none");
        }
        if (message.length() > limit) {
            throw new Finding("expected a sentence of at most " + limit + " characters, got " + message.length() + ": "
                    + message.substring(0, limit));
        }
    }
}
