package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.Outcome;
import io.wstck.server.journal.JournalEntry.Timing;

/** How a step went, what it wanted and what came, for people; and whether the next one is played. */
record StepResult(Outcome outcome, Timing timing, String expected, String actual, Then then) {
    /** What follows a step. */
    enum Then {
        NEXT_STEP,
        /** None, and none is missed: the step has failed, or the client was free to leave. */
        SCENARIO_OVER,
        /** None: what later steps owe or expect is not reached. */
        REST_NOT_REACHED
    }

    static StepResult met(String expected, String actual) {
        return new StepResult(Outcome.MET, Timing.IN_TIME, expected, actual, Then.NEXT_STEP);
    }

    static StepResult metAndOver(String expected, String actual) {
        return new StepResult(Outcome.MET, Timing.IN_TIME, expected, actual, Then.SCENARIO_OVER);
    }

    /** The step was met as far as it came, and nothing can follow it. */
    static StepResult metAsTheLast(String expected, String actual) {
        return new StepResult(Outcome.MET, Timing.IN_TIME, expected, actual, Then.REST_NOT_REACHED);
    }

    static StepResult missed(String expected, String actual) {
        return new StepResult(Outcome.MISSED, Timing.IN_TIME, expected, actual, Then.NEXT_STEP);
    }

    static StepResult failed(String expected, String actual) {
        return new StepResult(Outcome.FAILED, Timing.IN_TIME, expected, actual, Then.SCENARIO_OVER);
    }

    /** Nothing that would decide the step has come by the end of its time. */
    static StepResult overdue(String expected, String actual) {
        return new StepResult(Outcome.FAILED, Timing.OVERDUE, expected, actual, Then.SCENARIO_OVER);
    }
}
