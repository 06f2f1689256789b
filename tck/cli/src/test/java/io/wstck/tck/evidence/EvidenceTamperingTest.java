package io.wstck.tck.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.cli.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit reports every change of evidence. */
class EvidenceTamperingTest {
    /** Together these cases have every field that evidence can have. */
    private static final String CASES = """
            case "echo.passes" {
              clause = "close.default", title = "sends 1000", server = echo,
              client = function(t)
                local client = t:connect()
                t:alive(client)
                t:took("1ms", "3s", 2, "two")
                t:returns({ true }, client:close())
              end,
              wire = function(w) w:client_closed { code = 1000, reason = "" } end,
            }
            case "alone.fails" {
              clause = "module.load", title = "one is two",
              client = function(t) t:equal(2, 1, "one") end,
            }
            case "alone.troubled" {
              clause = "module.load", title = "could not be judged",
              client = function(t) t:equal(1, 1, "one") end,
            }
            case "seen.twice" {
              clause = "options.unknown", title = "is observed",
              client = function(t) t:observe("one") t:observe("two") end,
            }
            """;

    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    private static Path run;

    private static CaseCatalogue catalogue;
    private static List<String> recorded;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeAll
    static void recordARun() throws Exception {
        Path cases = Files.createDirectory(run.resolve("cases"));
        Files.writeString(cases.resolve("a.lua"), CASES);
        new Shell(run).run("run", "--cases", "cases", "--jobs", "1", "--report", "report");
        catalogue = CaseCatalogue.load(ClauseCatalogue.load(), CaseSource.folder(cases));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(run.resolve("report/evidence.ndjson.gz")))) {
            recorded = troubled(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }

    /** The evidence of an error of the kit in one case, with matching digests. Such an error cannot be provoked. */
    private static List<String> troubled(List<String> lines) throws IOException {
        List<String> troubled = new ArrayList<>();
        CaseListDigest cases = new CaseListDigest();
        for (String line : lines) {
            ObjectNode json = (ObjectNode) MAPPER.readTree(line);
            json.remove(LineDigests.FIELD);
            if (json.path("id").asText().equals("alone.troubled")) {
                json.put("verdict", "INCONCLUSIVE");
                json.putObject("trouble").put("what", "no journal").put("nanos", 0);
            }
            if (json.path("type").asText().equals(EvidenceWriter.FINISHED)) {
                json.put(CaseListDigest.FIELD, cases.hex());
            }
            LineDigests.add(json);
            if (json.has("id")) {
                cases.add(json);
            }
            troubled.add(json.toString());
        }
        return troubled;
    }

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("evidence.ndjson.gz");
    }

    @Test
    void theRecordedRunHasEveryFieldThatEvidenceCanHave() throws Exception {
        assertThat(recorded).hasSize(6);
        JsonNode echo = line("echo.passes");
        assertThat(echo.properties())
                .extracting(field -> field.getKey())
                .contains("id", "repetition", "case_sha256", "verdict", "ended", "late", "script", "journal", "run");
        assertThat(echo.at("/journal/entries").size()).isGreaterThan(5);
        assertThat(echo.at("/script/checks").findValues("measured")).isNotEmpty();
        assertThat(line("alone.troubled").has("trouble")).isTrue();
        assertThat(line("seen.twice").at("/script/observations")).hasSize(2);
        write(recorded);
        assertThat(complaint()).isEmpty();
    }

    static Stream<Arguments> lines() throws IOException {
        List<Arguments> lines = new ArrayList<>();
        for (int i = 0; i < recorded.size(); i++) {
            JsonNode json = MAPPER.readTree(recorded.get(i));
            lines.add(arguments(i + 1, json.path("id").asText(json.path("type").asText())));
        }
        return lines.stream();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("lines")
    void eachChangeOfALineIsReported(int number, String name) throws Exception {
        List<String> untold = new ArrayList<>();
        List<JsonMutations.JsonMutation> changes = JsonMutations.of(MAPPER.readTree(recorded.get(number - 1)));
        for (JsonMutations.JsonMutation change : changes) {
            List<String> changed = new ArrayList<>(recorded);
            changed.set(number - 1, change.value().toString());
            write(changed);
            String complaint = complaint().orElse("nothing");
            // The message cannot name the case if its id was changed.
            boolean named = !change.value().path("id").asText().equals(name) || complaint.contains(name);
            if (!named || !complaint.startsWith(file + ":" + number + ": ")) {
                untold.add(change + ": " + complaint);
            }
        }
        assertThat(changes).hasSizeGreaterThan(20);
        assertThat(untold).isEmpty();
    }

    static Stream<Arguments> parts() {
        return Stream.of(
                arguments("/script", "checks", "its script changed: expected SHA-256 "),
                arguments("/script", "observations", "its script changed: expected SHA-256 "),
                arguments("/journal", "settled", "its journal beside the entries changed: expected SHA-256 "),
                arguments("/journal", "entries", "expected a journal with entries for echo.passes, found none"),
                arguments("", "verdict", "its fields beside script and journal changed: expected SHA-256 "),
                arguments("", "late", "its fields beside script and journal changed: expected SHA-256 "),
                arguments("", "script", "expected its script, which has a digest, found none"),
                arguments("", "journal", "expected its journal beside the entries, which has a digest, found none"),
                arguments(
                        "",
                        "sha256",
                        "expected a digest over its fields beside script and journal, found none; "
                                + "expected a digest over its script, found none; "
                                + "expected a digest over its journal beside the entries, found none"),
                arguments("", "run", "expected evidence of run "));
    }

    @ParameterizedTest(name = "{0}/{1}")
    @MethodSource("parts")
    void theCommandNamesLineCaseAndPartAndIsStatusThree(String path, String field, String sentence) throws Exception {
        List<String> changed = new ArrayList<>(recorded);
        int index = index("echo.passes");
        JsonNode json = MAPPER.readTree(recorded.get(index));
        ((ObjectNode) json.at(path)).remove(field);
        changed.set(index, json.toString());
        write(changed);
        Shell shell = new Shell(folder);

        assertThat(shell.run("rejudge", "--cases", run.resolve("cases").toString(), file.toString()))
                .isEqualTo(3);

        assertThat(shell.err())
                .startsWith("wstck: " + file + ":" + (index + 1) + ": ")
                .contains("echo.passes")
                .contains(sentence)
                .hasLineCount(1);
        assertThat(shell.out()).isEmpty();
    }

    static Stream<Arguments> lineChanges() {
        return Stream.of(
                arguments(
                        "a case twice",
                        change(lines -> lines.add(3, lines.get(1))),
                        ":4: expected each case once, " + "found @2 again, which is in line 2 too"),
                arguments(
                        "a case less",
                        change(lines -> lines.remove(2)),
                        " has lost lines: evidence-finished in line 5" + " counts 4 cases, the file holds 3"),
                arguments(
                        "cases in another order",
                        change(lines -> lines.add(2, lines.remove(3))),
                        ":6: the cases or their order do not match the digest in evidence-finished"),
                arguments(
                        "two heads",
                        change(lines -> lines.add(1, lines.get(0))),
                        ":2: expected case-evidence, found" + " \"evidence-started\""),
                arguments(
                        "no head",
                        change(lines -> lines.remove(0)),
                        ":1: expected evidence-started, found" + " \"case-evidence\" of @2"),
                arguments(
                        "two footers",
                        change(lines -> lines.add(lines.getLast())),
                        ":7: expected nothing after" + " evidence-finished in line 6, found evidence-finished"),
                arguments(
                        "a case after the footer",
                        change(lines -> lines.add(lines.remove(1))),
                        " has lost lines:" + " evidence-finished in line 5 counts 4 cases, the file holds 3"),
                arguments(
                        "a case again after the footer",
                        change(lines -> lines.add(lines.get(1))),
                        ":7: expected nothing" + " after evidence-finished in line 6, found case-evidence of @2"),
                arguments(
                        "no footer",
                        change(lines -> lines.removeLast()),
                        " is truncated: expected evidence-finished" + " after its 4 cases, found the end of the file"),
                arguments(
                        "more than a line",
                        change(lines -> lines.set(2, lines.get(2) + " {}")),
                        ":3: expected a JSON" + " object, found none"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lineChanges")
    void aMisplacedLineIsReported(String name, UnaryOperator<List<String>> change, String sentence) throws Exception {
        write(change.apply(new ArrayList<>(recorded)));

        String second = MAPPER.readTree(recorded.get(1)).path("id").asText();
        assertThat(complaint()).contains(file + sentence.replace("@2", second));
    }

    @Test
    void aCaseOfAnotherRunIsReported() throws Exception {
        Files.createDirectories(folder.resolve("cases"));
        Files.writeString(folder.resolve("cases/a.lua"), CASES);
        new Shell(folder).run("run", "--cases", "cases", "--only", "alone.fails", "--report", "other");
        List<String> changed = new ArrayList<>(recorded);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("other/evidence.ndjson.gz")))) {
            changed.set(
                    index("alone.fails"),
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList()
                            .get(1));
        }
        write(changed);

        assertThat(complaint().orElseThrow())
                .matches("\\Q" + file + ":" + (index("alone.fails") + 1)
                        + "\\E: expected evidence of run [0-9a-f]{16}, as evidence-started says, found case-evidence of"
                        + " alone.fails of run [0-9a-f]{16}");
    }

    @Test
    void evidenceOfAnEarlierKitIsJudgedAndReportedAsNotHashed() throws Exception {
        List<String> old = new ArrayList<>();
        for (String line : recorded) {
            ObjectNode json = (ObjectNode) MAPPER.readTree(line);
            old.add(json.without(List.of("sha256", "run", "cases_sha256")).toString());
        }
        write(old);
        Shell shell = new Shell(folder);

        assertThat(shell.run("rejudge", "--cases", run.resolve("cases").toString(), file.toString()))
                .isZero();

        assertThat(shell.out())
                .startsWith("verdicts: 4 the same, 0 different\nnot hashed: an earlier kit wrote this evidence");

        // Digests of all lines except one must not be accepted as digests of an earlier kit.
        old.set(2, recorded.get(2));
        write(old);
        assertThat(complaint().orElseThrow()).startsWith(file + ":3: expected ");
        old.set(
                2,
                ((ObjectNode) MAPPER.readTree(recorded.get(2))).without("run").toString());
        write(old);
        assertThat(complaint().orElseThrow())
                .startsWith(file + ":3: expected no digests, since evidence-started has none, found those of ");
    }

    private static UnaryOperator<List<String>> change(java.util.function.Consumer<List<String>> change) {
        return lines -> {
            change.accept(lines);
            return lines;
        };
    }

    private static int index(String id) {
        for (int i = 0; i < recorded.size(); i++) {
            if (recorded.get(i).contains("\"id\":\"" + id + "\"")) {
                return i;
            }
        }
        throw new AssertionError("no line of " + id);
    }

    private static JsonNode line(String id) throws IOException {
        return MAPPER.readTree(recorded.get(index(id)));
    }

    private Optional<String> complaint() throws InterruptedException {
        try {
            assertThat(Rejudgement.of(file, catalogue, Optional.empty()).differences())
                    .isEmpty();
            return Optional.empty();
        } catch (EvidenceException e) {
            return Optional.of(e.getMessage());
        }
    }

    private void write(List<String> lines) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
