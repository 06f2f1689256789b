package io.wstck.tck.fuzz;

/** Checks an error message: one sentence of bounded length, on one line. */
public final class MessageChecks {
    private MessageChecks() {}

    /** Throws a finding unless the message has at most {@code limit} characters and no control characters. */
    static void check(String message, int limit) {
        checkLength(message, limit);
        for (int at = 0; at < message.length(); at++) {
            if (Character.isISOControl(message.charAt(at))) {
                throw new FuzzFinding("expected a sentence without control characters, got U+%04x at index %d of: %s"
                        .formatted((int) message.charAt(at), at, message));
            }
        }
    }

    /** The same check, except for control characters, which the kit escapes when it prints the message. */
    public static void checkLength(String message, int limit) {
        if (message == null || message.isBlank()) {
            throw new FuzzFinding("expected a sentence, got none");
        }
        if (message.length() > limit) {
            throw new FuzzFinding("expected a sentence of at most " + limit + " characters, got " + message.length()
                    + ": " + message.substring(0, limit));
        }
    }
}
