package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with a list of known deviations. */
class KnownTest {
    private static final String CASES = """
            local function sum(id, expected, level)
              case("sum." .. id) {
                clause = "module.load",
                title = "one and one is " .. expected,
                client = function(t) (level == "should" and t.should or t):equal(expected, 1 + 1, "the sum") end,
              }
            end
            sum("two", 2)
            sum("three", 3)
            sum("four", 4)
            sum("should", 5, "should")
            """;

    private static final String THREE = """
            - pattern: sum.three
              reason: it cannot count
              link: https://example.org/count
              signature: "script equal: expected the sum: 3, got the sum: 2"
            """;
    private static final String FOUR = THREE.replace("three", "four").replace(": 3,", ": 4,");
    private static final String SHOULD = THREE.replace("three", "should").replace(": 3,", ": 5,") + "  warned: true\n";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() throws IOException {
        shell = new Shell(folder);
        Files.createDirectory(folder.resolve("cases"));
        Files.writeString(folder.resolve("cases/sums.lua"), CASES);
    }

    @Test
    void aCaseThatFailsAsListedIsKnownAndDoesNotFailTheRun() throws Exception {
        assertThat(run(THREE + FOUR + SHOULD)).isZero();

        assertThat(shell.out())
                .contains("1 passed, 0 failed, 2 known, 1 warned")
                .contains("4 of 4 binding cases judged\nconformant but for 2 known deviations\n")
                .doesNotContain("sum.three", "sum.should");
        assertThat(result("sum.three").verdict()).isEqualTo(Verdict.KNOWN);
        assertThat(result("sum.three").judgement().reason())
                .startsWith("known: it cannot count (https://example.org/count): sums.lua:5: in the script, equal");
        assertThat(result("sum.three").judgement().listing()).isEqualTo(KnownStatus.AS_LISTED);
        assertThat(result("sum.should").verdict()).isEqualTo(Verdict.WARNED);
        assertThat(recorded().footer().conclusion()).isEqualTo(Conclusion.KNOWN_DEVIATIONS);
        assertThat(Files.readString(folder.resolve("target/wstck/junit.xml")))
                .contains("failures=\"0\"", "<skipped message=\"known: it cannot count");
    }

    @Test
    void aCaseListedAsUnstableMayPassOrFailAsListed() throws Exception {
        String sometimes = "  passes: sometimes\n";
        assertThat(run(THREE + FOUR + THREE.replace("three", "two") + sometimes))
                .isZero();
        assertThat(run(THREE + sometimes + FOUR + sometimes)).isZero();
        assertThat(result("sum.three").verdict()).isEqualTo(Verdict.KNOWN);
    }

    @Test
    void aCaseThatFailsInAnotherWayThanListedFails() throws Exception {
        assertThat(run(THREE + FOUR.replace("got the sum: 2", "got the sum: 1")))
                .isEqualTo(1);

        assertThat(shell.out())
                .contains("1 passed, 1 failed, 1 known, 1 warned", "FAILED sum.four", "\nnot conformant\n")
                .contains("listed as known (known.yaml:5), but fails in another way: sums.lua:5: in the script, equal");
        assertThat(result("sum.four").judgement().listing()).isEqualTo(KnownStatus.OTHERWISE);
    }

    @Test
    void aListedCaseThatPassesFailsTheRun() throws Exception {
        assertThat(run(THREE + FOUR + THREE.replace("three", "two"))).isEqualTo(1);

        assertThat(shell.out())
                .contains("listed as known (known.yaml:9) but passed: remove it")
                .contains("these listed cases did not fail, so remove them from the list: sum.two\n")
                .contains("the list of known deviations is out of date: 1 of them did not fail\n");
        assertThat(recorded().footer().outdated()).containsExactly("sum.two");
        assertThat(recorded().footer().conclusion()).isEqualTo(Conclusion.LIST_OUTDATED);
        assertThat(Files.readString(folder.resolve("target/wstck/junit.xml"))).contains("failures=\"1\"");
    }

    @Test
    void shardsOfARunAreNoAgents() {
        for (String shard : List.of("1/2", "2/2")) {
            String report = "shards/" + shard.charAt(0);
            shell.run("run", "--cases", "cases", "--shard", shard, "--report", report);
        }

        assertThat(shell.run("known", "--report", "shards")).isEqualTo(3);
        assertThat(shell.err()).endsWith("found 2 other runs; merge puts the shards of a run together\n");
    }

    @Test
    void aPatternThatMatchesNoCaseIsAnErrorAndNothingIsRun() throws Exception {
        assertThat(run(THREE.replace("three", "six"))).isEqualTo(2);

        assertThat(shell.err())
                .isEqualTo("wstck: --known: known.yaml:1: pattern: expected one that matches the id of a case, got"
                        + " \"sum.six\", which matches none\n");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void aListMayNameCasesThatThisRunLeavesOut() throws Exception {
        Files.writeString(folder.resolve("known.yaml"), THREE + FOUR);

        assertThat(shell.run("run", "--cases", "cases", "--known", "known.yaml", "--only", "sum.t*"))
                .isZero();
    }

    @Test
    void theListOfAFailedRunMakesTheNextOnePass() throws Exception {
        shell.run("run", "--cases", "cases");

        assertThat(shell.run("known", "-o", "known.yaml")).isZero();
        assertThat(shell.out())
                .isEqualTo("2 of 4 cases, in 1 entry, written to known.yaml; write the reason of each entry\n");
        assertThat(shell.run("run", "--cases", "cases", "--known", "known.yaml"))
                .isZero();

        assertThat(shell.out()).contains("conformant but for 2 known deviations", "WARNED sum.should");
        assertThat(shell.err()).isEqualTo("wstck: known.yaml: 1 reason is missing, the first at known.yaml:" + "7\n");
    }

    @Test
    void aHyphenIsStandardOutputAsWithoutTheOption() throws Exception {
        shell.run("run", "--cases", "cases");
        assertThat(shell.run("known")).isZero();
        String list = shell.out();

        assertThat(shell.run("known", "-o", "-")).isZero();

        assertThat(shell.out()).isEqualTo(list).contains("sum.three");
        assertThat(folder.resolve("-")).doesNotExist();
    }

    @Test
    void warningsAreListedWhenAskedFor() throws Exception {
        shell.run("run", "--cases", "cases");

        assertThat(shell.run("known", "--warned")).isZero();

        assertThat(shell.out())
                .contains("- pattern: \"sum.should\"\n", "- pattern:\n    - \"sum.four\"\n    - \"sum.three\"\n")
                .containsOnlyOnce("  warned: true\n");
        assertThat(run(shell.out())).isZero();
        assertThat(shell.out()).doesNotContain("WARNED sum.should");
    }

    @Test
    void aFailureThatIsListedAndBecameAWarningIsOutdated() throws Exception {
        assertThat(run(THREE + FOUR + SHOULD.replace("  warned: true\n", ""))).isEqualTo(1);

        assertThat(shell.out())
                .contains("listed as known (known.yaml:9) but is a warning: remove it")
                .contains("these listed cases did not fail, so remove them from the list: sum.should\n");
        assertThat(result("sum.should").verdict()).isEqualTo(Verdict.WARNED);
        assertThat(result("sum.should").judgement().listing()).isEqualTo(KnownStatus.OUTDATED);
        assertThat(recorded().footer().conclusion()).isEqualTo(Conclusion.LIST_OUTDATED);
    }

    @Test
    void aWarningThatIsListedAndBecameAFailureHasFailed() throws Exception {
        assertThat(run(THREE + FOUR + "  warned: true\n")).isEqualTo(1);

        assertThat(shell.out()).contains("listed as a known warning (known.yaml:5), but fails: sums.lua:5");
        assertThat(result("sum.four").verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aListOfAnotherProfileIsRefusedAndNothingIsRun() throws Exception {
        shell.run("run", "--cases", "cases", "--profile", "protocol", "--report", "out");
        assertThat(shell.run("known", "--report", "out", "-o", "known.yaml")).isZero();

        assertThat(shell.run("run", "--cases", "cases", "--known", "known.yaml"))
                .isEqualTo(2);
        assertThat(shell.err())
                .isEqualTo("wstck: --known: known.yaml:4: profile: expected a list for profile api, the profile of this"
                        + " run, got one for profile protocol\n");
        assertThat(folder.resolve("target")).doesNotExist();
        assertThat(shell.run("run", "--cases", "cases", "--known", "known.yaml", "--profile", "protocol"))
                .isZero();
    }

    @Test
    void casesWithOneCauseAreOneEntry() throws Exception {
        shell.run("run", "--cases", "cases");

        shell.run("known");

        assertThat(shell.out()).contains("""
                # module.load: `require("websocket")` does not return the module
                - pattern:
                    - "sum.four"
                    - "sum.three"
                  reason: "TODO: why is this accepted?"
                  link: ""
                  signature:
                    - "script equal: expected the sum: 3, got the sum: 2"
                    - "script equal: expected the sum: 4, got the sum: 2"
                """);
    }

    @Test
    void manyWaysToFailForOneCauseAreListedByTheirCheck() throws Exception {
        Files.writeString(folder.resolve("cases/sums.lua"), CASES + "for n = 5, 9 do sum(\"n\" .. n, n) end\n");
        shell.run("run", "--cases", "cases");

        shell.run("known");

        assertThat(shell.out()).contains("    - \"sum.n9\"\n").contains("  signature: \"script equal: *\"\n");
        assertThat(run(shell.out())).isZero();
    }

    /** Older kits wrote events without signatures. */
    @Test
    void aFailureWithoutASignatureIsNotListed() throws Exception {
        shell.run("run", "--cases", "cases");
        Path events = folder.resolve("target/wstck/events.ndjson");
        Files.writeString(
                events, Files.readString(events).replaceAll("\"signature\":\"[^\"]*\"", "\"signature\":\"\""));

        assertThat(shell.run("known")).isZero();

        assertThat(shell.out()).contains("- profile: api\n").doesNotContain("- pattern:");
    }

    @Test
    void severalListsAreJoined() throws Exception {
        Files.writeString(folder.resolve("library.yaml"), THREE);
        Files.writeString(folder.resolve("runtime.yaml"), FOUR);

        assertThat(shell.run("run", "--cases", "cases", "--known", "library.yaml", "--known", "runtime.yaml"))
                .isZero();

        assertThat(shell.out()).contains("conformant but for 2 known deviations");
        assertThat(recorded().started().command())
                .isEqualTo(
                        "./wstck run --cases cases --known library.yaml --known runtime.yaml --report target/wstck-rerun");
    }

    @Test
    void aListThatIsGivenTwiceIsRefused() throws Exception {
        Files.writeString(folder.resolve("known.yaml"), THREE);

        assertThat(shell.run("run", "--cases", "cases", "--known", "known.yaml", "--known", "./known.yaml"))
                .isEqualTo(2);

        assertThat(shell.err()).isEqualTo("wstck: --known: expected each list once, got ./known.yaml twice\n");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void aListThatIsGivenTwiceThroughALinkIsRefused() throws Exception {
        Files.writeString(folder.resolve("known.yaml"), THREE);
        Files.createSymbolicLink(folder.resolve("linked.yaml"), Path.of("known.yaml"));

        assertThat(shell.run("run", "--cases", "cases", "--known", "known.yaml", "--known", "linked.yaml"))
                .isEqualTo(2);

        assertThat(shell.err()).isEqualTo("wstck: --known: expected each list once, got linked.yaml twice\n");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void listsThatContradictEachOtherAreRefused() throws Exception {
        Files.writeString(folder.resolve("library.yaml"), THREE);
        Files.writeString(folder.resolve("runtime.yaml"), THREE + "  passes: sometimes\n");

        assertThat(shell.run("run", "--cases", "cases", "--known", "library.yaml", "--known", "runtime.yaml"))
                .isEqualTo(2);

        assertThat(shell.err())
                .isEqualTo("wstck: --known: runtime.yaml:1: expected the same as library.yaml:1 says of case sum.three,"
                        + " which never passes, got that it passes sometimes\n");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void oneOfSeveralListsMayNotBeOfAnotherProfile() throws Exception {
        Files.writeString(folder.resolve("library.yaml"), THREE);
        Files.writeString(folder.resolve("runtime.yaml"), "- profile: protocol\n" + FOUR);

        assertThat(shell.run("run", "--cases", "cases", "--known", "library.yaml", "--known", "runtime.yaml"))
                .isEqualTo(2);

        assertThat(shell.err()).contains("runtime.yaml:1: profile: expected a list for profile api");
    }

    @Test
    void anExistingListIsNotOverwritten() throws Exception {
        shell.run("run", "--cases", "cases");
        Files.writeString(folder.resolve("known.yaml"), THREE);

        assertThat(shell.run("known", "-o", "known.yaml")).isEqualTo(2);

        assertThat(shell.err()).contains("-o: expected a new file");
        assertThat(folder.resolve("known.yaml")).hasContent(THREE);
    }

    @Test
    void withoutARunThereIsNothingToList() {
        assertThat(shell.run("known")).isEqualTo(3);
        assertThat(shell.err())
                .contains("expected the events of a run at ")
                .endsWith(", found no file" + System.lineSeparator());
    }

    @Test
    void withoutARunTheFolderOfAnAutobahnRunIsNamed() throws IOException {
        Path autobahn = Path.of("target", "wstck-autobahn");
        Files.createDirectories(folder.resolve(autobahn));
        Files.createFile(folder.resolve(autobahn).resolve("events.ndjson"));

        assertThat(shell.run("known")).isEqualTo(3);
        assertThat(shell.err())
                .endsWith("found no file; there is a run in " + autobahn + ": --report " + autobahn
                        + System.lineSeparator());

        assertThat(shell.run("known", "--report", "other")).isEqualTo(3);
        assertThat(shell.err()).endsWith(", found no file" + System.lineSeparator());
    }

    private int run(String known) throws IOException {
        Files.writeString(folder.resolve("known.yaml"), known);
        return shell.run("run", "--cases", "cases", "--known", "known.yaml");
    }

    private RecordedRun recorded() throws Exception {
        return EventsReader.read(folder.resolve("target/wstck/events.ndjson"));
    }

    private CaseFinished result(String id) throws Exception {
        return recorded().cases().stream()
                .filter(result -> result.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
