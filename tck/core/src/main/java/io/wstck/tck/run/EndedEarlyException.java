package io.wstck.tck.run;

import java.io.Serial;

/** Thrown when the run must end before all cases were played. The {@link EndSignal} has the reason. */
final class EndedEarlyException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    EndedEarlyException(String why) {
        super(why);
    }
}
