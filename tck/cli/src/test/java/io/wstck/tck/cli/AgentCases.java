package io.wstck.tck.cli;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Plays cases against an agent and reads the events. */
final class AgentCases {
    private final Path folder;
    final Shell shell;

    AgentCases(Path folder) {
        this.folder = folder;
        shell = new Shell(folder);
    }

    void write(String lua) throws IOException {
        Path cases = Files.createDirectories(folder.resolve("cases"));
        Files.writeString(cases.resolve("cases.lua"), lua);
    }

    /** Plays the written cases. */
    int run(String agent, String... more) {
        return start(List.of("--cases", folder.resolve("cases").toString(), "--agent", agent), more);
    }

    /** Plays the kit's cases that match. */
    int runKits(String agent, String... patterns) {
        List<String> only = new ArrayList<>();
        for (String pattern : patterns) {
            only.addAll(List.of("--only", pattern));
        }
        return start(List.of("--agent", agent), only.toArray(String[]::new));
    }

    /**
     * Adds the profile, because most of the cases belong to the documented API, which does not bind an agent by
     * default.
     */
    private int start(List<String> options, String... more) {
        List<String> words = new ArrayList<>(List.of("run", "--profile", "api"));
        words.addAll(options);
        words.addAll(List.of(more));
        return shell.run(words.toArray(String[]::new));
    }

    RecordedRun events() throws Exception {
        return EventsReader.read(folder.resolve("target/wstck/events.ndjson"));
    }

    CaseFinished result(String id) throws Exception {
        return events().cases().stream()
                .filter(result -> result.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a result of " + id));
    }

    Map<String, CaseFinished> results() throws Exception {
        return events().cases().stream().collect(Collectors.toMap(CaseFinished::id, Function.identity()));
    }

    /** The ids of the cases with this verdict. */
    List<String> ids(Verdict verdict) throws Exception {
        return events().cases().stream()
                .filter(result -> result.verdict() == verdict)
                .map(CaseFinished::id)
                .sorted()
                .toList();
    }
}
