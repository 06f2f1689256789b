package io.wstck.lua.errors;

/** The kinds of error values in scripts. Scripts see the words. */
public enum ErrorKind {
    /** No kind was given. */
    UNKNOWN("UNKNOWN"),
    /** An argument or a text is not valid. */
    INVALID("INVALID"),
    /** A thing does not exist. */
    NOT_FOUND("NOT_FOUND"),
    /** A thing exists already. */
    ALREADY_EXISTS("ALREADY_EXISTS"),
    /** The policy denies the operation. */
    PERMISSION_DENIED("PERMISSION_DENIED"),
    /** A service is not available. */
    UNAVAILABLE("UNAVAILABLE"),
    /** The operation failed for a reason outside of the script. */
    INTERNAL("INTERNAL"),
    /** The operation was canceled. */
    CANCELED("CANCELED"),
    /** The operation conflicts with another one. */
    CONFLICT("CONFLICT"),
    /** A time limit has passed. */
    TIMEOUT("TIMEOUT"),
    /** There were too many requests. */
    RATE_LIMITED("RATE_LIMITED");

    private final String word;

    ErrorKind(String word) {
        this.word = word;
    }

    /** {@return the word that scripts see and agents send} */
    public String word() {
        return word;
    }

    /**
     * {@return the kind with this word}
     *
     * @param word the word
     * @throws IllegalArgumentException if there is none
     */
    public static ErrorKind of(String word) {
        for (ErrorKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("expected the kind of an error, got \"" + word + "\"");
    }
}
