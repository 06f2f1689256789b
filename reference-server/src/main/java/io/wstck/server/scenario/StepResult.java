package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.StepOutcome;
import io.wstck.server.journal.JournalEntry.StepTiming;

/** The result of a step: its outcome, expected and actual in words, and what follows. */
record StepResult(StepOutcome outcome, StepTiming timing, String expected, String actual, NextAction nextAction) {
    /** Tells what the player does after a step. */
    enum NextAction {
        NEXT_STEP,
        /**
         * The scenario ends, and no later step counts as missed: the step has failed, or the client was free to leave.
         */
        SCENARIO_OVER,
        /** The scenario ends, and later steps that matter count as not reached. */
        REST_NOT_REACHED
    }

    static StepResult met(String expected, String actual) {
        return new StepResult(StepOutcome.MET, StepTiming.IN_TIME, expected, actual, NextAction.NEXT_STEP);
    }

    static StepResult metAndScenarioOver(String expected, String actual) {
        return new StepResult(StepOutcome.MET, StepTiming.IN_TIME, expected, actual, NextAction.SCENARIO_OVER);
    }

    /** The step was met, and no step can follow it. */
    static StepResult metAsLast(String expected, String actual) {
        return new StepResult(StepOutcome.MET, StepTiming.IN_TIME, expected, actual, NextAction.REST_NOT_REACHED);
    }

    static StepResult missed(String expected, String actual) {
        return new StepResult(StepOutcome.MISSED, StepTiming.IN_TIME, expected, actual, NextAction.NEXT_STEP);
    }

    static StepResult failed(String expected, String actual) {
        return new StepResult(StepOutcome.FAILED, StepTiming.IN_TIME, expected, actual, NextAction.SCENARIO_OVER);
    }

    /** The time of the step ended before anything decided it. */
    static StepResult overdue(String expected, String actual) {
        return new StepResult(StepOutcome.FAILED, StepTiming.OVERDUE, expected, actual, NextAction.SCENARIO_OVER);
    }
}
