package io.wstck.tck.report;

import io.wstck.tck.cases.Shard;
import io.wstck.tck.run.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Merges the recorded shards of a run into one recorded run, and refuses shards of different runs. Stateless. */
public final class ShardMerger {
    private ShardMerger() {}

    /**
     * Merges shards into the whole run. Shards run in parallel, so its duration is that of the longest.
     *
     * @param shards in any order
     * @throws EventsException if a shard or a footer is missing, a shard is there twice, or they belong to different
     * runs
     */
    public static RecordedRun of(List<RecordedRun> shards) throws EventsException {
        Map<Integer, RecordedRun> parts = parts(shards);
        RecordedRun first = shards.getFirst();
        for (RecordedRun run : shards) {
            run.completeFooter();
            requireSame(first, run, "kit", RunStarted::kit);
            requireSame(first, run, "clauses", RunStarted::spec);
            requireSame(first, run, "implementation", RunStarted::implementation);
            requireSame(first, run, "profile", started -> started.profile().word());
            requireSame(first, run, "repetitions", RunStarted::repetitions);
        }
        List<CaseFinished> cases =
                parts.values().stream().flatMap(run -> run.cases().stream()).toList();
        requireOnce(parts.values().stream().toList());
        return new RecordedRun(
                parts.values().stream().map(RecordedRun::file).collect(Collectors.joining(", ")),
                head(List.copyOf(parts.values()), cases.size()),
                cases,
                Optional.of(RunFinished.of(RunSummary.of(
                        first.started().profile(),
                        cases.stream().map(CaseFinished::result).toList(),
                        RunSummary.Completion.COMPLETE,
                        longest(shards)))));
    }

    private static Map<Integer, RecordedRun> parts(List<RecordedRun> shards) throws EventsException {
        Map<Integer, RecordedRun> parts = new TreeMap<>();
        int count = shard(shards.getFirst()).count();
        for (RecordedRun run : shards) {
            Shard shard = shard(run);
            if (shard.count() != count) {
                throw new EventsException("expected shards of one run, found " + shard(shards.getFirst()) + " in "
                        + shards.getFirst().file() + " and " + shard + " in " + run.file());
            }
            RecordedRun earlier = parts.put(shard.index(), run);
            if (earlier != null) {
                throw new EventsException(
                        "expected each shard once, found " + shard + " in " + earlier.file() + " and in " + run.file());
            }
        }
        List<String> missing = IntStream.rangeClosed(1, count)
                .filter(index -> !parts.containsKey(index))
                .mapToObj(index -> new Shard(index, count).toString())
                .toList();
        if (!missing.isEmpty()) {
            throw new EventsException(
                    "expected all " + count + " shards, found none for " + String.join(", ", missing));
        }
        return parts;
    }

    private static Shard shard(RecordedRun run) throws EventsException {
        return run.started()
                .shard()
                .orElseThrow(() -> new EventsException(
                        run.file() + ": expected a shard of a run (--shard i/n), found a run that is whole"));
    }

    private static void requireSame(RecordedRun one, RecordedRun other, String what, Function<RunStarted, Object> field)
            throws EventsException {
        Object expected = field.apply(one.started());
        Object found = field.apply(other.started());
        if (!expected.equals(found)) {
            throw new EventsException("expected shards of one run, found " + what + " " + shown(expected) + " in "
                    + one.file() + " and " + shown(found) + " in " + other.file());
        }
    }

    private static String shown(Object value) {
        return EventFields.excerpt(value.toString());
    }

    private static void requireOnce(List<RecordedRun> parts) throws EventsException {
        Map<String, String> files = new HashMap<>();
        for (RecordedRun run : parts) {
            for (CaseFinished result : run.cases()) {
                String earlier = files.put(result.id() + " " + result.repetition(), run.file());
                if (earlier != null) {
                    throw new EventsException("expected each case once, found " + shown(result.id()) + " in " + earlier
                            + " and in " + run.file());
                }
            }
        }
    }

    private static RunStarted head(List<RecordedRun> parts, int cases) {
        RunStarted first = parts.getFirst().started();
        String platforms =
                parts.stream().map(run -> run.started().platform()).distinct().collect(Collectors.joining("; "));
        Instant began = parts.stream()
                .map(run -> run.started().startedAt())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new RunStarted(
                first.kit(),
                first.spec(),
                first.implementation(),
                first.profile(),
                platforms,
                first.seed(),
                first.jobs(),
                cases,
                first.repetitions(),
                began,
                Optional.empty(),
                parts.stream().allMatch(run -> run.started().command().equals(first.command())) ? first.command() : "");
    }

    private static Duration longest(List<RecordedRun> shards) throws EventsException {
        Duration longest = Duration.ZERO;
        for (RecordedRun run : shards) {
            Duration duration = run.footer().duration();
            longest = duration.compareTo(longest) > 0 ? duration : longest;
        }
        return longest;
    }
}
