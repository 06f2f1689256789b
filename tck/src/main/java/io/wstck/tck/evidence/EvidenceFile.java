package io.wstck.tck.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.wstck.server.journal.Journal;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.report.Printable;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads an evidence file line by line. For one use. */
final class EvidenceFile {
    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final Path file;
    private final Map<Played, Integer> lines = new HashMap<>();
    private final CaseListDigest list = new CaseListDigest();
    private Part part = Part.HEAD;

    /** As the head says; empty in evidence of kits that named no run. */
    private String run = "";

    private Rejudgement.Digested digested = Rejudgement.Digested.ALL;

    /** As the head says; both contracts bound before there were profiles. */
    private Profile profile = Profile.API;

    private int line;
    private int cases;
    private int leftOut;

    private record Played(String id, int repetition) {}

    /** What comes next. */
    private enum Part {
        HEAD,
        CASES,
        NOTHING
    }

    /**
     * Facts about a file that was read to its end.
     *
     * @param leftOut how many cases the run has left out, since they were too large
     * @param profile of the run
     */
    record End(int leftOut, Rejudgement.Digested digested, Profile profile) {}

    /** Takes the items of a file. */
    interface Taker {
        /** Takes one, of a run in that profile. */
        void take(Profile profile, EvidenceItem item) throws InterruptedException;
    }

    private EvidenceFile(Path file) {
        this.file = file;
    }

    /**
     * Hands every case of the file to {@code taker}, in order.
     *
     * @throws EvidenceException if it is missing, no evidence, truncated, of a newer kit, or anything in it is not what the digests are over;
     *     what came before was taken
     */
    static End read(Path file, Taker taker) throws EvidenceException, InterruptedException {
        return new EvidenceFile(file).readAll(taker);
    }

    private End readAll(Taker taker) throws EvidenceException, InterruptedException {
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
        return new End(leftOut, digested, profile);
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
            case HEAD -> begin(json);
            case CASES -> {
                if (type.equals(EvidenceWriter.FINISHED)) {
                    finish(json);
                } else {
                    require(json, EvidenceJson.CASE);
                    takeCase(json, taker);
                }
            }
            case NOTHING ->
                throw new EvidenceException(at() + "expected nothing after " + EvidenceWriter.FINISHED + " in line "
                        + (line - 1) + ", found " + name(json));
        }
    }

    private void begin(JsonNode json) throws EvidenceException {
        require(json, EvidenceWriter.STARTED);
        int version = json.path("version").asInt();
        if (version > EvidenceWriter.VERSION) {
            throw new EvidenceException(at() + "this evidence has version " + version
                    + " and comes from a newer kit; this one reads version " + EvidenceWriter.VERSION);
        }
        run = json.path(EvidenceWriter.RUN).asText();
        // Kits that name the run write digests.
        digested = json.has(LineDigests.FIELD) || json.has(EvidenceWriter.RUN)
                ? Rejudgement.Digested.ALL
                : Rejudgement.Digested.JOURNAL_ENTRIES;
        requireDigests(json);
        readProfile(json);
        part = Part.CASES;
    }

    private void readProfile(JsonNode json) throws EvidenceException {
        if (!json.has("profile")) {
            return;
        }
        try {
            profile = Profile.of(json.path("profile").asText());
        } catch (IllegalArgumentException e) {
            throw new EvidenceException(at() + "profile: " + Printable.line(e.getMessage()), e);
        }
    }

    private void takeCase(JsonNode json, Taker taker) throws EvidenceException, InterruptedException {
        requireRun(json);
        requireDigests(json);
        EvidenceItem item = item(json);
        requireJournal(item);
        requireOnce(item);
        cases++;
        list.add(json);
        taker.take(profile, item);
    }

    /** {@code case-evidence of ping.answered}, say. */
    private static String name(JsonNode json) {
        String id = json.path("id").asText();
        return Printable.line(json.path("type").asText("") + (id.isEmpty() ? "" : " of " + id));
    }

    private void requireRun(JsonNode json) throws EvidenceException {
        String found = json.path(EvidenceWriter.RUN).asText();
        if (!found.equals(run)) {
            throw new EvidenceException(at() + "expected evidence of " + named(run) + ", as " + EvidenceWriter.STARTED
                    + " says, found " + name(json) + " of " + named(found));
        }
    }

    private static String named(String run) {
        return run.isEmpty() ? "a run without an id" : "run " + Printable.line(run);
    }

    private void requireDigests(JsonNode json) throws EvidenceException {
        if (digested == Rejudgement.Digested.JOURNAL_ENTRIES) {
            if (json.has(LineDigests.FIELD)) {
                throw new EvidenceException(at() + "expected no digests, since " + EvidenceWriter.STARTED
                        + " has none, found those of " + name(json));
            }
            return;
        }
        List<String> differences = LineDigests.differences(json);
        if (!differences.isEmpty()) {
            throw new EvidenceException(at() + name(json) + " is not the one that was kept: "
                    + Printable.line(String.join("; ", differences)));
        }
    }

    private void requireOnce(EvidenceItem item) throws EvidenceException {
        Integer earlier = lines.putIfAbsent(new Played(item.id(), item.repetition()), line);
        if (earlier != null) {
            String round = item.repetition() > 1 ? " in round " + item.repetition() : "";
            throw new EvidenceException(at() + "expected each case once, found " + Printable.line(item.id()) + round
                    + " again, which is in line " + earlier + " too");
        }
    }

    private JsonNode json(String text) throws EvidenceException {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new EvidenceException(at() + "expected a JSON object, found none", e);
        }
    }

    private void require(JsonNode json, String expected) throws EvidenceException {
        String type = json.path("type").asText();
        if (!type.equals(expected)) {
            String id = json.path("id").asText();
            throw new EvidenceException(at() + "expected " + expected + ", found \"" + Printable.line(type) + "\""
                    + (id.isEmpty() ? "" : " of " + Printable.line(id)));
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
        requireRun(json);
        requireDigests(json);
        int counted = json.path("cases").asInt();
        if (counted != cases) {
            String what = counted > cases ? " has lost lines: " : " has lines that are not of the run: ";
            throw new EvidenceException(file + what + EvidenceWriter.FINISHED + " in line " + line + " counts "
                    + counted + " cases, the file holds " + cases);
        }
        if (digested == Rejudgement.Digested.ALL
                && !json.path(CaseListDigest.FIELD).asText().equals(list.hex())) {
            throw new EvidenceException(at() + "expected the cases that " + EvidenceWriter.FINISHED
                    + " has the digest of, in their order, found other ones or another order");
        }
        part = Part.NOTHING;
        leftOut = json.path("left_out").asInt();
    }

    private String at() {
        return file + ":" + line + ": ";
    }
}
