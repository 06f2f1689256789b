package io.wstck.tck.run;

import java.io.Serial;

/** The run has to end before all cases were played; the {@link EndSignal} says why. */
final class EndedEarlyException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    EndedEarlyException(String why) {
        super(why);
    }
}
