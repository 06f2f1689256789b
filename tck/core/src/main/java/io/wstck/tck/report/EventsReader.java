package io.wstck.tck.report;

import io.wstck.tck.run.RunSummary;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an events file into memory, or says in one sentence why it cannot. */
public final class EventsReader {
    private final EventJson json = new EventJson();
    private final Path file;
    private final List<CaseFinished> cases = new ArrayList<>();
    private final Map<CaseRound, Integer> lines = new HashMap<>();
    private Optional<RunStarted> started = Optional.empty();
    private Optional<RunFinished> finished = Optional.empty();

    private record CaseRound(String id, int repetition) {}

    private EventsReader(Path file) {
        this.file = file;
    }

    /**
     * Reads a file. A truncated file is read as far as it goes; then {@link RecordedRun#footer()} throws.
     *
     * @throws EventsException if the file is missing or unreadable, does not start with {@code run-started}, comes from
     * a newer kit, or contains more than one run. Also for a line that is not an event, a duplicate case, a case of
     * another run or shard, or a line after {@code run-finished}
     */
    public static RecordedRun read(Path file) throws EventsException {
        EventsReader reader = new EventsReader(file);
        try {
            return reader.readAll();
        } catch (CharacterCodingException e) {
            throw new EventsException(file + ": expected UTF-8, found bytes that are not", e);
        } catch (IOException e) {
            throw new EventsException(
                    Files.notExists(file)
                            ? "expected the events of a run at " + file + ", found no file"
                            : "cannot read " + file + ": " + e.getMessage(),
                    e);
        }
    }

    private RecordedRun readAll() throws IOException, EventsException {
        // Not a channel's stream: that closes when this thread is interrupted.
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new FileInputStream(file.toFile()), StandardCharsets.UTF_8.newDecoder()))) {
            int number = 1;
            String line = lines.readLine();
            while (line != null) {
                String next = lines.readLine();
                if (next != null || endsWithNewline()) {
                    accept(json.read(line, file + ":" + number), number);
                }
                line = next;
                number++;
            }
        }
        if (started.isEmpty()) {
            throw new EventsException(file + ": expected run-started in the first line, found "
                    + (Files.size(file) == 0 ? "an empty file" : "a line without an end"));
        }
        return new RecordedRun(file.toString(), started.get(), cases, finished);
    }

    /** A last line without a line end was written in part, so the file is truncated there. */
    private boolean endsWithNewline() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(Math.max(0, bytes.length() - 1));
            return bytes.read() == '\n';
        }
    }

    private void accept(RunEvent event, int number) throws EventsException {
        String at = file + ":" + number + ": ";
        boolean head = event instanceof RunStarted;
        if (!head && started.isEmpty()) {
            throw new EventsException(at + "expected run-started in the first line, found another event");
        }
        if (head && started.isPresent()) {
            throw new EventsException(at + "expected one run, found another run-started");
        }
        if (finished.isPresent()) {
            throw new EventsException(
                    at + "expected nothing after run-finished in line " + (number - 1) + ", found " + name(event));
        }
        switch (event) {
            case RunStarted first -> started = Optional.of(first);
            case CaseFinished result -> add(result, at, number);
            case RunFinished last -> finished = Optional.of(last.contracts().isEmpty() ? computed(last) : last);
        }
    }

    /** Computes the verdicts on contracts, which versions 1 and 2 lack. */
    private RunFinished computed(RunFinished last) {
        RunSummary.Completion ending = last.conclusion() == RunSummary.Conclusion.INTERRUPTED
                ? RunSummary.Completion.INTERRUPTED
                : RunSummary.Completion.COMPLETE;
        List<RunSummary.Result> results =
                cases.stream().map(CaseFinished::result).toList();
        return last.with(RunSummary.of(started.orElseThrow().profile(), results, ending, last.duration())
                .contracts());
    }

    private static String name(RunEvent event) {
        return switch (event) {
            case RunStarted _ -> "run-started";
            case CaseFinished result -> "case-finished of " + EventFields.excerpt(result.id());
            case RunFinished _ -> "another run-finished";
        };
    }

    private void add(CaseFinished result, String at, int number) throws EventsException {
        RunStarted head = started.orElseThrow();
        String id = EventFields.excerpt(result.id());
        String round = head.repetitions() > 1 ? " in round " + result.repetition() : "";
        Integer earlier = lines.putIfAbsent(new CaseRound(result.id(), result.repetition()), number);
        if (earlier != null) {
            throw new EventsException(at + "expected each case once, found " + id + round + " again, which is in line "
                    + earlier + " too");
        }
        if (result.repetition() < 1 || result.repetition() > head.repetitions()) {
            throw new EventsException(at + "expected a round from 1 to " + head.repetitions()
                    + ", as run-started says, found " + id + " in round " + result.repetition());
        }
        if (head.shard().filter(shard -> !shard.contains(result.id())).isPresent()) {
            throw new EventsException(at + "expected a case of shard "
                    + head.shard().get() + ", as run-started says," + " found " + id + ", which is of another shard");
        }
        if (cases.size() == head.cases()) {
            throw new EventsException(at + "expected run-finished after " + head.cases()
                    + (head.cases() == 1 ? " case" : " cases") + ", as run-started says, found " + id + round);
        }
        cases.add(result);
    }
}
