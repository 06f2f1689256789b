package io.wstck.tck.cases;

/** A case file that cannot be used; the message is file, line and one sentence. */
public final class CaseFileException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A sentence may quote the file, which is of any length. */
    private static final int LONGEST_SENTENCE = 800;

    CaseFileException(Position position, String sentence) {
        super(position + ": " + cut(sentence));
    }

    private static String cut(String sentence) {
        return sentence.length() <= LONGEST_SENTENCE
                ? sentence
                : sentence.substring(0, LONGEST_SENTENCE) + "… (" + sentence.length() + " characters)";
    }
}
