package io.wstck.tck.report;

import io.wstck.server.wire.Bytes;
import io.wstck.tck.cases.Shard;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.run.RunInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * The head of an events file: what was judged, by what, and where.
 *
 * @param kit version of the kit
 * @param spec which edition of the clauses the run was judged by
 * @param profile which contracts bind
 * @param platform operating system, processor and Java, as one phrase
 * @param cases how many {@link CaseFinished} the run is to have, repetitions included
 * @param startedAt wall clock
 * @param shard which part of a run it is, if it is not a whole one
 * @param command the words of a shell that start such a run again, without a selection of cases; empty if none is known
 */
public record RunStarted(
        String kit,
        String spec,
        Judged implementation,
        Profile profile,
        String platform,
        long seed,
        int jobs,
        int cases,
        int repetitions,
        Instant startedAt,
        Optional<Shard> shard,
        String command)
        implements RunEvent {
    /** The command of events that do not name theirs. */
    static final String PLAIN_COMMAND = "./wstck run";

    /** The head of a whole run that no command is known for. */
    public RunStarted(
            String kit,
            String spec,
            Judged implementation,
            Profile profile,
            String platform,
            long seed,
            int jobs,
            int cases,
            int repetitions,
            Instant startedAt) {
        this(
                kit,
                spec,
                implementation,
                profile,
                platform,
                seed,
                jobs,
                cases,
                repetitions,
                startedAt,
                Optional.empty(),
                "");
    }

    /** What an implementation says of itself. */
    public record Judged(String name, String version, String language) {
        @Override
        public String toString() {
            return name + " " + version + " (" + language + ")";
        }
    }

    /** Names the run in its files: 16 hex digits, others for another run. */
    public String id() {
        String words = String.join(
                "\n",
                kit,
                spec,
                implementation.toString(),
                platform,
                Long.toString(seed),
                startedAt.toString(),
                shard.map(Shard::toString).orElse(""));
        return Bytes.utf8(words).sha256().substring(0, 16);
    }

    /** The command line that plays the cases again that {@code pattern} matches; empty if no command is known. */
    public Optional<String> rerun(String pattern) {
        return command.isEmpty() ? Optional.empty() : Optional.of(command + " --only " + ShellWord.quote(pattern));
    }

    static RunStarted of(RunInfo info, String spec, Instant startedAt, Optional<Shard> shard, String command) {
        Judged judged = new Judged(
                info.implementation().name(),
                info.implementation().version(),
                info.implementation().language());
        return new RunStarted(
                info.kit(),
                spec,
                judged,
                info.profile(),
                info.platform(),
                info.seed(),
                info.jobs(),
                info.cases(),
                info.repetitions(),
                startedAt,
                shard,
                command);
    }
}
