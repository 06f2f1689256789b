package io.wstck.tck.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.tck.catalogue.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the reader of known-deviation lists, and its messages for invalid ones. */
class KnownFileTest {
    private static final String ENTRY = """
            - pattern: utf8.*
              reason: fails late
              link: https://example.org/1
              signature: "script closed: *"
            """;

    @TempDir
    private Path folder;

    @Test
    void anEntryHasPatternsReasonLinkAndSignatures() throws Exception {
        KnownDeviation entry = read(ENTRY + """
                - pattern: [a.b, c.d]
                  reason: >
                    several
                    lines
                  signature:
                    - one
                    - two
                """).entries().getLast();

        assertThat(entry.patterns())
                .extracting(KnownDeviation.GlobPattern::text)
                .containsExactly("a.b", "c.d");
        assertThat(entry.patterns()).extracting(KnownDeviation.GlobPattern::at).containsOnly("known.yaml:5");
        assertThat(entry.reason()).isEqualTo("several lines");
        assertThat(entry.link()).isEmpty();
        assertThat(entry.signatures())
                .extracting(KnownDeviation.GlobPattern::at)
                .containsExactly("known.yaml:10", "known.yaml:11");
        assertThat(read(ENTRY).entries().getFirst().link()).isEqualTo(Optional.of("https://example.org/1"));
    }

    @Test
    void anEntrySaysWhetherItsCasesPassSometimes() throws Exception {
        assertThat(read(ENTRY).entries().getFirst().passes()).isEqualTo(KnownDeviation.Passing.NEVER);
        assertThat(read(ENTRY + "  passes: sometimes\n").entries().getFirst().passes())
                .isEqualTo(KnownDeviation.Passing.SOMETIMES);
        assertWrong(
                ENTRY + "  passes: often\n",
                "known.yaml:5: passes: expected \"sometimes\", or no such field, found \"often\"");
    }

    @Test
    void anEntrySaysWhetherItListsWarnings() throws Exception {
        assertThat(read(ENTRY).entries().getFirst().finding()).isEqualTo(KnownDeviation.Finding.FAILURE);
        assertThat(read(ENTRY + "  warned: true\n").entries().getFirst().finding())
                .isEqualTo(KnownDeviation.Finding.WARNING);
        assertWrong(
                ENTRY + "  warned: maybe\n", "known.yaml:5: warned: expected true, or no such field, found \"maybe\"");
    }

    @Test
    void theFirstItemMayNameTheProfileOfTheList() throws Exception {
        KnownDeviations list = read("- profile: protocol\n" + ENTRY);

        assertThat(list.entries()).hasSize(1);
        list.requireProfile(Profile.PROTOCOL);
        assertThatThrownBy(() -> list.requireProfile(Profile.WEB))
                .hasMessage("known.yaml:1: profile: expected a list for profile web, the profile of this run, got one"
                        + " for profile protocol");
        read(ENTRY).requireProfile(Profile.WEB);
        assertThat(read("- profile: web\n").entries()).isEmpty();
        assertWrong(
                "- profile: lua\n" + ENTRY,
                "known.yaml:1: profile: expected a profile (api, protocol, web), found \"lua\"");
        assertWrong(
                "- profile: api\n  reason: none\n",
                "known.yaml:1: expected profile as the only field of the first item, found others beside it");
        assertWrong(
                ENTRY + "- profile: api\n",
                "known.yaml:5: expected the fields pattern, agent, reason, link, signature, passes and warned, found"
                        + " \"profile\"");
    }

    @Test
    void aListMayBeEmpty() throws Exception {
        assertThat(read("# nothing left\n").entries()).isEmpty();
        assertThat(read("[]\n").entries()).isEmpty();
    }

    @Test
    void anErrorNamesAMissingFieldAndItsPlace() {
        assertWrong(
                ENTRY.replace("  reason: fails late\n", ""), "known.yaml:1: reason: expected a sentence, found none");
        assertWrong(ENTRY.replace("fails late", "\"\""), "known.yaml:2: reason: expected a sentence, found nothing");
        assertWrong(ENTRY.replace("fails late", ""), "known.yaml:2: reason: expected a sentence, found nothing");
        assertWrong(
                ENTRY.replaceAll("  signature.*\n", ""),
                "known.yaml:1: signature: expected a string or a list of strings, not empty, found none");
        assertWrong(
                ENTRY.replace("utf8.*", "[]"),
                "known.yaml:1: pattern: expected a string or a list of strings, not empty, found an empty list");
        assertWrong(
                ENTRY.replace("utf8.*", "{a: b}"),
                "known.yaml:1: pattern: expected a string or a list of strings, not empty, found a mapping");
    }

    /** An entry without an agent applies to all, and entries of other agents contradict nothing. */
    @Test
    void anEntryMayNameItsAgents() throws Exception {
        KnownDeviations known = read(ENTRY + "  agent: [one, 't*']\n");

        assertThat(known.forAgent("one").entries()).hasSize(1);
        assertThat(known.forAgent("two").entries()).hasSize(1);
        assertThat(known.forAgent("other").entries()).isEmpty();
        assertThat(read(ENTRY).forAgent("other").entries()).hasSize(1);
        assertThatThrownBy(known::requireNoAgents)
                .isInstanceOf(KnownFileException.class)
                .hasMessageStartingWith("known.yaml:5: agent: expected no such field");
        read(ENTRY).requireNoAgents();

        List<String> ids = List.of("a.b", "utf8.late");
        KnownDeviations other = read(ENTRY + "  agent: other\n  passes: sometimes\n");
        assertThat(known.plus(other, ids).entries()).hasSize(2);
    }

    @Test
    void anErrorNamesAnUnknownFieldAndItsPlace() {
        assertWrong(
                ENTRY + "  resaon: twice\n",
                "known.yaml:5: expected the fields pattern, agent, reason, link, signature, passes and warned, found \"resaon\"");
        assertWrong(ENTRY + "  reason: twice\n", "known.yaml:5: reason: expected it once, found it twice");
        assertWrong(
                ENTRY.replace("https://example.org/1", "javascript:alert(1)"),
                "known.yaml:3: link: expected an http or https address, found \"javascript:alert(1)\"");
        assertWrong(
                "known: []\n",
                "known.yaml:1: expected a list of known deviations, each with pattern, reason and signature");
        assertWrong("- 7\n", "known.yaml:1: expected pattern, reason and signature, found \"7\"");
    }

    @Test
    void anErrorNamesTheLineOfInvalidYaml() {
        assertThatThrownBy(() -> read(ENTRY + "  - [\n"))
                .isInstanceOf(KnownFileException.class)
                .hasMessageStartingWith("known.yaml:5: expected YAML, ");
        assertThatThrownBy(() -> read("a: *nobody\n")).hasMessageStartingWith("known.yaml:1: expected YAML, ");
        assertThatThrownBy(() -> KnownFile.read(folder.resolve("none"), "none"))
                .hasMessage("expected a list of known deviations at none, found no file");
    }

    @Test
    void anErrorReportsInvalidUtf8() throws Exception {
        Path file = folder.resolve("known.yaml");
        Files.write(file, "- pattern: \u00e4\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> KnownFile.read(file, "known.yaml"))
                .hasMessage("known.yaml: expected UTF-8, found bytes that are not");
    }

    @Test
    void anErrorNamesAPatternWithoutACase() throws Exception {
        KnownDeviations known = read(ENTRY);

        known.requireCases(List.of("utf8.overlong"));
        assertThatThrownBy(() -> known.requireCases(List.of("close.default")))
                .hasMessage("known.yaml:1: pattern: expected one that matches the id of a case, got \"utf8.*\", which"
                        + " matches none");
    }

    private void assertWrong(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(KnownFileException.class)
                .hasMessage(message);
    }

    private KnownDeviations read(String yaml) throws IOException, KnownFileException {
        Path file = Files.writeString(folder.resolve("known.yaml"), yaml);
        return KnownFile.read(file, "known.yaml");
    }
}
