package io.wstck.tck.cases;

/** A case file that cannot be used; the message is file, line and one sentence. */
public final class CaseFileException extends Exception {
    private static final long serialVersionUID = 1L;

    CaseFileException(Position position, String sentence) {
        super(position + ": " + sentence);
    }
}
