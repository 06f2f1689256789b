package io.wstck.tck.implementation.agent;

/**
 * One step of a smoke test.
 *
 * @param name a word or two
 * @param what the agent does when it is right
 */
record SmokeStep(String name, String what, Body body) {

    /** What is tried. */
    @FunctionalInterface
    interface Body {
        /**
         * Tries it.
         *
         * @return a detail for information; may be empty
         */
        String run() throws WrongException, AgentException, InterruptedException;
    }

    /** What the agent does wrong, as the rest of a sentence that begins with "it". */
    static final class WrongException extends Exception {
        private static final long serialVersionUID = 1L;

        WrongException(String sentence) {
            super(sentence);
        }
    }
}
