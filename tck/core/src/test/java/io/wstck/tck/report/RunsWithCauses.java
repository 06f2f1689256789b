package io.wstck.tck.report;

import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Creates recorded runs whose findings have given causes. */
public final class RunsWithCauses {
    /** The command that starts each of these runs again. */
    public static final String COMMAND = "./wstck run --agent 'a <b>'";

    private RunsWithCauses() {}

    /** A cause with its own id, clause and sentence. */
    public static Cause cause(String id) {
        return new Cause("cause " + id, "clause." + id, "the client does " + id);
    }

    /** A run without a footer. */
    public static RecordedRun run(CaseFinished... results) {
        RunStarted started = new RunStarted(
                "0.9.0",
                "clauses",
                new RunStarted.ImplementationInfo("a client", "1.2.3", "Java"),
                Profile.PROTOCOL,
                "Linux",
                42,
                2,
                results.length,
                1,
                Instant.EPOCH,
                Optional.empty(),
                COMMAND);
        return new RecordedRun("some.ndjson", started, List.of(results), Optional.empty());
    }

    /** A result in the only round of a case. The cause counts only if the verdict is a finding. */
    public static CaseFinished result(String id, Verdict verdict, Cause cause) {
        return result(id, verdict, cause, 1);
    }

    /** A result in one round of a case. */
    public static CaseFinished result(String id, Verdict verdict, Cause cause, int round) {
        return new CaseFinished(
                id,
                "title of " + id,
                new CaseFinished.Requirement("clause." + id, "Closing", "statement of " + id, "RFC 6455"),
                Level.RFC,
                Contract.PROTOCOL,
                new Judgement(verdict, "reason of " + id, "expected of " + id, "actual of " + id),
                cause,
                Duration.ofMillis(3),
                round,
                1,
                "a/file.lua:1",
                List.of(),
                List.of("a line"),
                List.of(),
                "",
                List.of());
    }
}
