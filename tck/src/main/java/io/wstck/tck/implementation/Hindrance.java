package io.wstck.tck.implementation;

import java.util.List;

/** Why a case says nothing, or not yet, of the implementation: what stood between the script and the client. */
public sealed interface Hindrance {

    /** As a sentence for the report. */
    String what();

    /** The implementation has nothing for what the script asked of it: the case does not apply. */
    record Unsupported(String what) implements Hindrance {
        public Unsupported {
            what = SafeText.bounded(what);
        }
    }

    /** Whatever carries the calls to the client could not do it. */
    record Trouble(String what) implements Hindrance {
        public Trouble {
            what = SafeText.bounded(what);
        }
    }

    /**
     * The program that the client lives in is gone, and all that was open in it.
     *
     * @param said the first and the last lines that it wrote to standard error
     */
    record Lost(How how, String what, List<String> said) implements Hindrance {
        public Lost {
            what = SafeText.bounded(what);
            said = List.copyOf(said);
        }
    }

    /** How a program was lost. */
    enum How {
        /** It ended. */
        DIED,
        /** Somebody closed it. */
        DISMISSED,
        /** It answered nothing any more, and was ended. */
        HUNG,
        /** It did not keep to the protocol, and was ended. */
        MISBEHAVED
    }

    /** Time was over in a call of the client, while the program around it still answered. */
    record Hangs(String what) implements Hindrance {
        public Hangs {
            what = SafeText.bounded(what);
        }
    }
}
