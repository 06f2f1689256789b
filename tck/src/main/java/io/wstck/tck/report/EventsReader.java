package io.wstck.tck.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an events file back, and says in one sentence why it cannot. Holds the whole run in memory. */
public final class EventsReader {
    private final EventJson json = new EventJson();
    private final Path file;
    private final List<CaseFinished> cases = new ArrayList<>();
    private Optional<RunStarted> started = Optional.empty();
    private Optional<RunFinished> finished = Optional.empty();

    private EventsReader(Path file) {
        this.file = file;
    }

    /**
     * Reads the file. A truncated one is read as far as it goes; {@link RecordedRun#footer()} tells.
     *
     * @throws EventsException if it is missing or unreadable, does not begin with {@code run-started}, comes from a
     *     newer kit, holds more than one run, or has a line that is no event
     */
    public static RecordedRun read(Path file) throws EventsException {
        EventsReader reader = new EventsReader(file);
        try {
            return reader.readAll();
        } catch (NoSuchFileException e) {
            throw new EventsException("expected the events of a run at " + file + ", found no file", e);
        } catch (CharacterCodingException e) {
            throw new EventsException(file + ": expected UTF-8, found bytes that are not", e);
        } catch (IOException e) {
            throw new EventsException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private RecordedRun readAll() throws IOException, EventsException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
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

    /** A line that the writer could not end is not its event: the file is truncated there. */
    private boolean endsWithNewline() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(Math.max(0, bytes.length() - 1));
            return bytes.read() == '\n';
        }
    }

    private void accept(RunEvent event, int number) throws EventsException {
        boolean head = event instanceof RunStarted;
        if (head == started.isPresent()) {
            String expected = head ? "one run" : "run-started in the first line";
            String found = head ? "another run-started" : "another event";
            throw new EventsException(file + ":" + number + ": expected " + expected + ", found " + found);
        }
        if (finished.isPresent()) {
            throw new EventsException(file + ":" + number + ": expected nothing after run-finished, found an event");
        }
        switch (event) {
            case RunStarted first -> started = Optional.of(first);
            case CaseFinished result -> cases.add(result);
            case RunFinished last -> finished = Optional.of(last);
        }
    }
}
