package io.wstck.tck.report;

import io.wstck.server.wire.Bytes;
import io.wstck.tck.cases.Shard;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.run.RunInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * The head of an events file: what was tested, by which kit, and where.
 *
 * @param kit version of the kit
 * @param spec edition of the clauses
 * @param profile decides which contracts bind
 * @param platform operating system, processor and Java, as one phrase
 * @param cases number of {@link CaseFinished} that the run expects, repetitions included
 * @param startedAt wall clock
 * @param shard the part of a run; empty for a whole run
 * @param command shell command that starts such a run again, without a selection of cases; may be empty
 */
public record RunStarted(
        String kit,
        String spec,
        ImplementationInfo implementation,
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
    /** The command for events that name none. */
    static final String PLAIN_COMMAND = "./wstck run";

    /** The head of a whole run without a command. */
    public RunStarted(
            String kit,
            String spec,
            ImplementationInfo implementation,
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

    /** Name, version and language of the implementation. */
    public record ImplementationInfo(String name, String version, String language) {
        @Override
        public String toString() {
            return name + " " + version + " (" + language + ")";
        }
    }

    /** Identifies the run in its files: 16 hex digits. */
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

    /** The command line that runs the cases that match {@code pattern} again; empty if the command is unknown. */
    public Optional<String> rerun(String pattern) {
        return command.isEmpty() ? Optional.empty() : Optional.of(command + " --only " + ShellWord.quote(pattern));
    }

    static RunStarted of(RunInfo info, String spec, Instant startedAt, Optional<Shard> shard, String command) {
        ImplementationInfo judged = new ImplementationInfo(
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
