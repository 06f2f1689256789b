package io.wstck.tck.implementation.agent;

/**
 * One step of a smoke test.
 *
 * @param name one or two words
 * @param what what a correct agent does, as a phrase
 */
record SmokeStep(String name, String what, StepAction body) {

    /** The action of a step. */
    @FunctionalInterface
    interface StepAction {
        /**
         * Runs the action.
         *
         * @return information for the user; may be empty
         */
        String run() throws StepFailedException, AgentException, InterruptedException;
    }

    /** The agent's mistake. The message continues a sentence that begins with "it". */
    static final class StepFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        StepFailedException(String sentence) {
            super(sentence);
        }
    }
}
