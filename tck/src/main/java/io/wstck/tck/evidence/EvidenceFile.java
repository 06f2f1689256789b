package io.wstck.tck.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.wstck.server.journal.Journal;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads an evidence file line by line. For one use. */
final class EvidenceFile {
    private final JsonMapper mapper = new JsonMapper();
    private final Path file;
    private Part part = Part.HEAD;
    private int line;
    private int cases;
    private int leftOut;

    /** What comes next. */
    private enum Part {
        HEAD,
        CASES,
        NOTHING
    }

    /** Takes the items of a file. */
    interface Taker {
        void take(EvidenceItem item) throws InterruptedException;
    }

    private EvidenceFile(Path file) {
        this.file = file;
    }

    /**
     * Hands every case of the file to {@code taker}, in order.
     *
     * @return how many cases the run has left out, since they were too large
     * @throws EvidenceException if it is missing, no evidence, truncated, of a newer kit, or a journal in it is not the one that was hashed;
     *     what came before was taken
     */
    static int read(Path file, Taker taker) throws EvidenceException, InterruptedException {
        return new EvidenceFile(file).readAll(taker);
    }

    private int readAll(Taker taker) throws EvidenceException, InterruptedException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8.newDecoder()))) {
            for (Optional<String> next = next(lines); next.isPresent(); next = next(lines)) {
                accept(next.get(), taker);
            }
        } catch (NoSuchFileException e) {
            throw new EvidenceException("expected the evidence of a run at " + file + ", found no file", e);
        } catch (EOFException e) {
            throw truncated();
        } catch (ZipException e) {
            throw new EvidenceException(file + ": expected evidence, compressed by gzip, found " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new EvidenceException(at() + "expected UTF-8, found bytes that are not", e);
        } catch (IOException e) {
            throw new EvidenceException("cannot read " + file + ": " + e.getMessage(), e);
        }
        if (part != Part.NOTHING) {
            throw truncated();
        }
        return leftOut;
    }

    /** The next line; a file of somebody else's may hold one that never ends. */
    private Optional<String> next(BufferedReader lines) throws IOException, EvidenceException {
        line++;
        StringBuilder text = new StringBuilder();
        for (int next = lines.read(); next != '\n'; next = lines.read()) {
            if (next < 0) {
                return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
            }
            if (text.length() == EvidenceWriter.MOST_OF_A_CASE) {
                throw new EvidenceException(at() + "expected a line of at most " + EvidenceWriter.MOST_OF_A_CASE
                        + " characters, found a longer one");
            }
            text.append((char) next);
        }
        return Optional.of(text.toString());
    }

    private EvidenceException truncated() {
        return new EvidenceException(file + " is truncated: expected " + EvidenceWriter.FINISHED + " after its " + cases
                + " cases, found the end of the file");
    }

    private void accept(String text, Taker taker) throws EvidenceException, InterruptedException {
        JsonNode json = json(text);
        String type = json.path("type").asText();
        switch (part) {
            case HEAD -> {
                require(type, EvidenceWriter.STARTED);
                int version = json.path("version").asInt();
                if (version > EvidenceWriter.VERSION) {
                    throw new EvidenceException(at() + "this evidence has version " + version
                            + " and comes from a newer kit; this one reads version " + EvidenceWriter.VERSION);
                }
                part = Part.CASES;
            }
            case CASES -> {
                if (type.equals(EvidenceWriter.FINISHED)) {
                    finish(json);
                } else {
                    require(type, EvidenceJson.CASE);
                    EvidenceItem item = item(json);
                    requireJournal(item);
                    cases++;
                    taker.take(item);
                }
            }
            case NOTHING ->
                throw new EvidenceException(
                        at() + "expected nothing after " + EvidenceWriter.FINISHED + ", found more");
        }
    }

    private JsonNode json(String text) throws EvidenceException {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new EvidenceException(at() + "expected a JSON object, found none", e);
        }
    }

    private void require(String type, String expected) throws EvidenceException {
        if (!type.equals(expected)) {
            throw new EvidenceException(at() + "expected " + expected + ", found \"" + type + "\"");
        }
    }

    private EvidenceItem item(JsonNode json) throws EvidenceException {
        try {
            return EvidenceJson.item(json);
        } catch (IllegalArgumentException e) {
            throw new EvidenceException(at() + "expected the evidence of a case: " + e.getMessage(), e);
        }
    }

    private void requireJournal(EvidenceItem item) throws EvidenceException {
        JsonNode journal = item.left().journal();
        if (!(journal.path("entries") instanceof ArrayNode entries)) {
            throw new EvidenceException(at() + "expected a journal with entries for " + item.id() + ", found none");
        }
        String expected = journal.path("sha256").asText();
        String actual = Journal.hash(entries);
        if (!expected.equals(actual)) {
            throw new EvidenceException(at() + "the journal of " + item.id() + " is not the one that was kept: expected"
                    + " SHA-256 " + expected + ", found " + actual);
        }
    }

    private void finish(JsonNode json) throws EvidenceException {
        part = Part.NOTHING;
        leftOut = json.path("left_out").asInt();
        if (json.path("cases").asInt() != cases) {
            throw new EvidenceException(file + " has lost lines: " + EvidenceWriter.FINISHED + " counts "
                    + json.path("cases").asInt() + " cases, the file holds " + cases);
        }
    }

    private String at() {
        return file + ":" + line + ": ";
    }
}
