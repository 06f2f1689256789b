package io.wstck.tck.implementation.calls;

import io.wstck.tck.implementation.Hindrance;

/** A call that says nothing of the client. It ends the script, which cannot catch it. */
public final class HinderedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Hindrance hindrance;

    public HinderedException(Hindrance hindrance) {
        super(hindrance.what());
        this.hindrance = hindrance;
    }

    /** The client has nothing for what is asked: the case is skipped with this reason. */
    public static HinderedException unsupported(String what) {
        return new HinderedException(new Hindrance.Unsupported(what));
    }

    /** The adapter could not do it: the case is inconclusive with this reason. */
    public static HinderedException trouble(String what) {
        return new HinderedException(new Hindrance.Trouble(what));
    }

    public Hindrance hindrance() {
        return hindrance;
    }
}
