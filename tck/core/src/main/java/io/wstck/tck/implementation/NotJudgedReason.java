package io.wstck.tck.implementation;

import java.util.List;

/** Why a case has no verdict about the implementation. */
public sealed interface NotJudgedReason {

    /** The reason as a sentence for the report. */
    String sentence();

    /** The client lacks what the script asked for, so the case does not apply. */
    record Unsupported(String sentence) implements NotJudgedReason {
        public Unsupported {
            sentence = SafeText.bounded(sentence);
        }
    }

    /** The adapter could not make a call. */
    record AdapterTrouble(String sentence) implements NotJudgedReason {
        public AdapterTrouble {
            sentence = SafeText.bounded(sentence);
        }
    }

    /**
     * The client's process ended or was ended, and with it every open connection.
     *
     * @param outputLines the first and the last lines of its standard error
     */
    record LostProgram(LossKind kind, String sentence, List<String> outputLines) implements NotJudgedReason {
        public LostProgram {
            sentence = SafeText.bounded(sentence);
            outputLines = List.copyOf(outputLines);
        }
    }

    /** How the client's process was lost. */
    enum LossKind {
        /** The process ended by itself. */
        DIED,
        /** A user closed it. */
        CLOSED_BY_USER,
        /** It stopped answering, so the kit ended it. */
        HUNG,
        /** It broke the protocol, so the kit ended it. */
        MISBEHAVED
    }

    /** The script's time ran out in a call of the client, while the process around it still answered. */
    record HangingCall(String sentence) implements NotJudgedReason {
        public HangingCall {
            sentence = SafeText.bounded(sentence);
        }
    }
}
