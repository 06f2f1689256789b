package io.wstck.tck.autobahn;

import io.wstck.server.exchange.ExchangeRecord;
import java.util.List;
import java.util.OptionalInt;

/** What happened in, verdict out. */
public final class AutobahnJudge {
    private AutobahnJudge() {}

    /** The verdict of {@code one} over {@code happened}. */
    public static AutobahnResult judge(AutobahnCase one, ExchangeRecord happened, Strictness strictness) {
        if (one.id().equals(CaseId.of(0))) {
            throw new IllegalArgumentException("case 0 has no verdict");
        }
        return new AutobahnResult(
                one.id(),
                strictness == Strictness.STRICT ? Behavior.FAILED : Behavior.UNIMPLEMENTED,
                Behavior.FAILED,
                "not judged yet",
                "not judged yet",
                List.of(),
                List.of(),
                "",
                OptionalInt.empty(),
                happened.duration());
    }
}
