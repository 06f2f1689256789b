package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.Outcome;

/** How a step went, what it wanted and what came, for people; and whether the next one is played. */
record StepResult(Outcome outcome, String expected, String actual, Then then) {
    /** What follows a step. */
    enum Then {
        NEXT_STEP,
        SCENARIO_OVER
    }

    static StepResult met(String expected, String actual) {
        return new StepResult(Outcome.MET, expected, actual, Then.NEXT_STEP);
    }

    static StepResult metAndOver(String expected, String actual) {
        return new StepResult(Outcome.MET, expected, actual, Then.SCENARIO_OVER);
    }

    static StepResult missed(String expected, String actual) {
        return new StepResult(Outcome.MISSED, expected, actual, Then.NEXT_STEP);
    }

    static StepResult failed(String expected, String actual) {
        return new StepResult(Outcome.FAILED, expected, actual, Then.SCENARIO_OVER);
    }
}
