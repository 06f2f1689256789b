package io.wstck.tck.run;

/**
 * Thrown if this machine, or the network between client and reference server, lacks something that a case needs. The
 * case is skipped with this reason.
 */
final class UnplayableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnplayableException(String reason, Exception cause) {
        super(reason, cause);
    }
}
