package io.wstck.tck.run;

/** This machine, or the way the reference server is reached, lacks what a case needs: the case is skipped with this reason. */
final class UnplayableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnplayableException(String reason, Exception cause) {
        super(reason, cause);
    }
}
