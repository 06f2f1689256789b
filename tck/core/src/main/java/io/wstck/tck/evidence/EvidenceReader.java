package io.wstck.tck.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.wstck.server.journal.Journal;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.report.EscapedText;
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
final class EvidenceReader {
    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final Path file;
    private final Map<CaseRound, Integer> lines = new HashMap<>();
    private final CaseListDigest list = new CaseListDigest();
    private ExpectedPart part = ExpectedPart.HEAD;

    /** The run's id from the head; empty in evidence of old kits. */
    private String run = "";

    private Rejudgement.DigestCoverage digested = Rejudgement.DigestCoverage.ALL;

    /** The profile from the head. Before there were profiles, both contracts were binding, as in API. */
    private Profile profile = Profile.API;

    private int line;
    private int cases;
    private int leftOut;

    private record CaseRound(String id, int repetition) {}

    /** The part of the file that comes next. */
    private enum ExpectedPart {
        HEAD,
        CASES,
        NOTHING
    }

    /**
     * The result of reading a file to its end.
     *
     * @param leftOut number of cases that the run left out as too large
     * @param profile of the run
     */
    record EvidenceTotals(int leftOut, Rejudgement.DigestCoverage digested, Profile profile) {}

    /** Receives the cases of a file. */
    interface CaseConsumer {
        /**
         * Receives one case.
         *
         * @param profile of the run
         */
        void take(Profile profile, CaseEvidence item) throws InterruptedException;
    }

    private EvidenceReader(Path file) {
        this.file = file;
    }

    /**
     * Passes every case of the file to {@code taker}, in order.
     *
     * @throws EvidenceException if the file is missing, is no evidence, is truncated, comes from a newer kit, or does
     * not match its digests. Earlier cases were passed on already
     */
    static EvidenceTotals read(Path file, CaseConsumer taker) throws EvidenceException, InterruptedException {
        return new EvidenceReader(file).readAll(taker);
    }

    private EvidenceTotals readAll(CaseConsumer taker) throws EvidenceException, InterruptedException {
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
        if (part != ExpectedPart.NOTHING) {
            throw truncated();
        }
        return new EvidenceTotals(leftOut, digested, profile);
    }

    /** The next line. Its length is limited, because the file may come from elsewhere. */
    private Optional<String> next(BufferedReader lines) throws IOException, EvidenceException {
        line++;
        StringBuilder text = new StringBuilder();
        for (int next = lines.read(); next != '\n'; next = lines.read()) {
            if (next < 0) {
                return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
            }
            if (text.length() == EvidenceWriter.MAX_CASE_BYTES) {
                throw new EvidenceException(at() + "expected a line of at most " + EvidenceWriter.MAX_CASE_BYTES
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

    private void accept(String text, CaseConsumer taker) throws EvidenceException, InterruptedException {
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
        // Kits that write the run's id also write digests.
        digested = json.has(LineDigests.FIELD) || json.has(EvidenceWriter.RUN)
                ? Rejudgement.DigestCoverage.ALL
                : Rejudgement.DigestCoverage.JOURNAL_ENTRIES;
        requireDigests(json);
        readProfile(json);
        part = ExpectedPart.CASES;
    }

    private void readProfile(JsonNode json) throws EvidenceException {
        if (!json.has("profile")) {
            return;
        }
        try {
            profile = Profile.of(json.path("profile").asText());
        } catch (IllegalArgumentException e) {
            throw new EvidenceException(at() + "profile: " + EscapedText.line(e.getMessage()), e);
        }
    }

    private void takeCase(JsonNode json, CaseConsumer taker) throws EvidenceException, InterruptedException {
        requireRun(json);
        requireDigests(json);
        requireJournal(json);
        CaseEvidence item = item(json);
        requireOnce(item);
        cases++;
        list.add(json);
        taker.take(profile, item);
    }

    /** For example {@code case-evidence of ping.answered}. */
    private static String name(JsonNode json) {
        String id = json.path("id").asText();
        return EscapedText.line(json.path("type").asText("") + (id.isEmpty() ? "" : " of " + id));
    }

    private void requireRun(JsonNode json) throws EvidenceException {
        String found = json.path(EvidenceWriter.RUN).asText();
        if (!found.equals(run)) {
            throw new EvidenceException(at() + "expected evidence of " + named(run) + ", as " + EvidenceWriter.STARTED
                    + " says, found " + name(json) + " of " + named(found));
        }
    }

    private static String named(String run) {
        return run.isEmpty() ? "a run without an id" : "run " + EscapedText.line(run);
    }

    private void requireDigests(JsonNode json) throws EvidenceException {
        if (digested == Rejudgement.DigestCoverage.JOURNAL_ENTRIES) {
            if (json.has(LineDigests.FIELD)) {
                throw new EvidenceException(at() + "expected no digests, since " + EvidenceWriter.STARTED
                        + " has none, found those of " + name(json));
            }
            return;
        }
        List<String> differences = LineDigests.differences(json);
        if (!differences.isEmpty()) {
            throw new EvidenceException(
                    at() + name(json) + " was changed: " + EscapedText.line(String.join("; ", differences)));
        }
    }

    private void requireOnce(CaseEvidence item) throws EvidenceException {
        Integer earlier = lines.putIfAbsent(new CaseRound(item.id(), item.repetition()), line);
        if (earlier != null) {
            String round = item.repetition() > 1 ? " in round " + item.repetition() : "";
            throw new EvidenceException(at() + "expected each case once, found " + EscapedText.line(item.id()) + round
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
            throw new EvidenceException(at() + "expected " + expected + ", found \"" + EscapedText.line(type) + "\""
                    + (id.isEmpty() ? "" : " of " + EscapedText.line(id)));
        }
    }

    private CaseEvidence item(JsonNode json) throws EvidenceException {
        try {
            return EvidenceJson.item(json);
        } catch (IllegalArgumentException e) {
            throw new EvidenceException(at() + "expected the evidence of a case: " + e.getMessage(), e);
        }
    }

    private void requireJournal(JsonNode json) throws EvidenceException {
        String id = EscapedText.line(json.path("id").asText());
        JsonNode journal = json.path("journal");
        if (!(journal.path("entries") instanceof ArrayNode entries)) {
            throw new EvidenceException(at() + "expected a journal with entries for " + id + ", found none");
        }
        String expected = journal.path("sha256").asText();
        String actual = Journal.hash(entries);
        if (!expected.equals(actual)) {
            throw new EvidenceException(at() + "the journal of " + id + " was changed: expected" + " SHA-256 "
                    + expected + ", found " + actual);
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
        if (digested == Rejudgement.DigestCoverage.ALL
                && !json.path(CaseListDigest.FIELD).asText().equals(list.hex())) {
            throw new EvidenceException(
                    at() + "the cases or their order do not match the digest in " + EvidenceWriter.FINISHED);
        }
        part = ExpectedPart.NOTHING;
        leftOut = json.path("left_out").asInt();
    }

    private String at() {
        return file + ":" + line + ": ";
    }
}
