package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.Outcome;

/** How a step went, what it wanted and what came, for people; and whether the next one is played. */
record StepResult(Outcome outcome, String expected, String actual, Then then) {
    /** What follows a step. */
    enum Then {
        NEXT_STEP,
        /** None, and none is missed: the step has failed, or the client was free to leave. */
        SCENARIO_OVER,
        /** None: what later steps owe or expect is not reached. */
        REST_NOT_REACHED
    }

    static StepResult met(String expected, String actual) {
        return new StepResult(Outcome.MET, expected, actual, Then.NEXT_STEP);
    }

    static StepResult metAndOver(String expected, String actual) {
        return new StepResult(Outcome.MET, expected, actual, Then.SCENARIO_OVER);
    }

    /** The step was met as far as it came, and nothing can follow it. */
    static StepResult metAsTheLast(String expected, String actual) {
        return new StepResult(Outcome.MET, expected, actual, Then.REST_NOT_REACHED);
    }

    static StepResult missed(String expected, String actual) {
        return new StepResult(Outcome.MISSED, expected, actual, Then.NEXT_STEP);
    }

    static StepResult failed(String expected, String actual) {
        return new StepResult(Outcome.FAILED, expected, actual, Then.SCENARIO_OVER);
    }
}
