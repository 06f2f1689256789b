package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.run.ContractVerdict;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profile decides a run's verdicts, its exit status and its reports. */
class ProfileTest {
    /**
     * Two failing cases of the documented API, one of which breaks only a should, and a passing case of the protocol.
     */
    private static final String CASES = """
            case "api.wrong" {
              clause = "module.load", title = "one and one is three",
              client = function(t) t:equal(3, 1 + 1, "the sum") end,
            }
            case "api.missed" {
              clause = "module.load", title = "one and one should be three",
              client = function(t) t.should:equal(3, 1 + 1, "the sum") end,
            }
            case "api.right" {
              clause = "module.load", title = "one and one is two",
              client = function(t) t:equal(2, 1 + 1, "the sum") end,
            }
            case "protocol.holds" {
              clause = "connect.handshake", title = "one and one is two",
              client = function(t) t:equal(2, 1 + 1, "the sum") end,
            }
            """;

    private static final String PROTOCOL_WRONG = """
            case "protocol.wrong" {
              clause = "connect.handshake", title = "one and one is four",
              client = function(t) t:equal(4, 1 + 1, "the sum") end,
            }
            """;

    private static final String WEB = """
            case "web.right" {
              clause = "web.none-selected", title = "one and one is two",
              client = function(t) t:equal(2, 1 + 1, "the sum") end,
            }
            case "documented.right" {
              clause = "options.protocols.none-selected", title = "one and one is two",
              client = function(t) t:equal(2, 1 + 1, "the sum") end,
            }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() throws IOException {
        shell = new Shell(folder);
        Files.createDirectory(folder.resolve("cases"));
        cases(CASES);
    }

    @Test
    void bothContractsBindTheBundledClient() throws Exception {
        assertThat(run()).isEqualTo(1);

        assertThat(shell.out()).contains(" · profile api · ", """

                profile api
                  documented API: not conformant, 1 failed, 3 of 3 cases judged
                  protocol: conformant, 1 of 1 cases judged
                4 of 4 binding cases judged
                not conformant
                """);
        assertThat(recorded().started().profile()).isEqualTo(Profile.API);
        assertThat(result("api.wrong").verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result("api.wrong").judgement().ifBinding()).isEmpty();
    }

    @Test
    void aContractThatDoesNotBindYieldsWarningsAndACountOfDeviations() throws Exception {
        assertThat(run("--profile", "protocol")).isZero();

        assertThat(shell.out())
                .contains("WARNED api.wrong", "WARNED api.missed", "WARNED 2 cases")
                .containsOnlyOnce("(a deviation from the documented API, which does not bind); expected the sum: 3")
                .contains("""

                profile protocol
                  documented API: 1 deviation (not binding), 3 of 3 cases judged
                  protocol: conformant, 1 of 1 cases judged
                1 of 1 binding cases judged
                conformant
                """);
        CaseFinished wrong = result("api.wrong");
        assertThat(wrong.level().word()).isEqualTo("must");
        assertThat(wrong.contract()).isEqualTo(Contract.API);
        assertThat(wrong.verdict()).isEqualTo(Verdict.WARNED);
        assertThat(wrong.judgement().ifBinding()).contains(Verdict.FAILED);
        assertThat(result("api.missed").judgement().ifBinding()).isEmpty();
        assertThat(contract(Contract.API))
                .isEqualTo(
                        new ContractVerdict(Contract.API, Profile.PROTOCOL, Conclusion.NOT_CONFORMANT, 3, 3, 0, 0, 1));
        assertThat(contract(Contract.PROTOCOL).conclusion()).isEqualTo(Conclusion.CONFORMANT);
    }

    @Test
    void aBrokenBindingContractIsStatusOne() throws Exception {
        cases(CASES + PROTOCOL_WRONG);

        assertThat(run("--profile", "protocol")).isEqualTo(1);

        assertThat(shell.out()).contains("  protocol: not conformant, 1 failed, 2 of 2 cases judged\n");
    }

    @Test
    void aRunWithoutBindingCasesSaysNothingAboutConformance() throws Exception {
        assertThat(run("--profile", "protocol", "--only", "api.*")).isZero();

        assertThat(shell.out()).contains("\nno binding case was played: conformance was not judged\n");
    }

    @Test
    void anUnknownProfileIsOneSentenceAndNothingIsPlayed() {
        assertThat(run("--profile", "lua")).isEqualTo(2);

        assertThat(shell.err())
                .contains("expected a profile (api, protocol, web), got \"lua\"")
                .hasLineCount(1);
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void casesOfProfileWebArePlayedOnlyThereAndReplaceOthers() throws Exception {
        cases(CASES + WEB);

        run();
        assertThat(recorded().cases()).extracting(CaseFinished::id).doesNotContain("web.right");
        assertThat(result("documented.right").verdict()).isEqualTo(Verdict.PASSED);

        assertThat(run("--profile", "web")).isZero();
        assertThat(result("web.right").verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result("documented.right").verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(result("documented.right").judgement().reason())
                .isEqualTo("the WHATWG standard demands otherwise: web.none-selected");
        assertThat(contract(Contract.PROTOCOL).applicable()).isEqualTo(2);

        assertThat(run("--only", "web.right")).isEqualTo(2);
        assertThat(shell.err())
                .isEqualTo("wstck: expected a case that profile api plays, got only cases of another profile; see"
                        + " --profile\n");
    }

    @Test
    void aSingleCaseMayNameTheClauseThatReplacesIt() throws Exception {
        cases(CASES.replaceFirst("clause = \"module.load\"", "web = \"web.none-selected\", clause = \"module.load\""));

        run("--profile", "web");
        assertThat(result("api.wrong").verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(result("api.missed").verdict()).isEqualTo(Verdict.WARNED);

        cases(CASES.replaceFirst("clause = \"module.load\"", "web = \"module.load\", clause = \"module.load\""));
        assertThat(run()).isEqualTo(2);
        assertThat(shell.err()).contains("web: expected a clause of profile web, got \"module.load\"");
    }

    @Test
    void listAndExplainMarkCasesOfProfileWeb() throws Exception {
        cases(WEB);

        assertThat(shell.run("list", "--cases", "cases")).isZero();
        assertThat(shell.out()).contains("(profile web only) one and one is two");
        assertThat(shell.run("explain", "--cases", "cases", "web.right")).isZero();
        assertThat(shell.out())
                .contains("contract     protocol\n", "profile      web only\n")
                .contains("basis        whatwg, WHATWG WebSockets, Opening handshake: \"")
                .endsWith("rerun        ./wstck run --cases cases --profile web --only web.right\n");
        assertThat(shell.run("explain", "--cases", "cases", "documented.right")).isZero();
        assertThat(shell.out())
                .contains("in web       skipped: the WHATWG standard demands otherwise: web.none-selected\n");
    }

    @Test
    void everyReportNamesTheProfileAndBothVerdicts() throws Exception {
        run("--profile", "protocol");

        String api = "documented API: 1 deviation (not binding), 3 of 3 cases judged";
        assertThat(Files.readString(folder.resolve("target/wstck/junit.xml")))
                .contains("name=\"profile\" value=\"protocol\"", "name=\"contract.api\" value=\"" + api + "\"");
        assertThat(Files.readString(folder.resolve("target/wstck/report.md")))
                .contains("profile protocol", "| documented API | no | 1 deviation (not binding) | 3 of 3 |");
        assertThat(Files.readString(folder.resolve("target/wstck/report.html")))
                .contains("\"profile\":\"protocol\"", api);
        assertThat(Files.readString(folder.resolve("target/wstck/badge.svg")))
                .contains(">wstck protocol<", "protocol: conformant", "documented API: 1 deviation (not binding)");
        shell.run("ledger", "--cases", "cases", "--only", "module.load");
        assertThat(shell.out().replaceAll("\\s+", " "))
                .contains(", conformant (")
                .contains(") profile protocol " + api + " protocol: conformant, ");
        shell.run("ledger", "--cases", "cases", "--only", "module.load", "--json");
        JsonNode json = new JsonMapper().readTree(shell.out());
        assertThat(json.at("/last_run/profile").asText()).isEqualTo("protocol");
        assertThat(json.at("/last_run/contracts/0/deviating").asInt()).isEqualTo(1);
        assertThat(json.at("/clauses/0/cases/0/contract").asText()).isEqualTo("api");
    }

    @Test
    void runsOfTwoProfilesAreNotComparedAndNotJoined() {
        run("--report", "one");
        run("--report", "two", "--profile", "protocol");
        assertThat(shell.run("diff", "one", "two")).isEqualTo(3);
        assertThat(shell.err())
                .containsPattern("^wstck: expected runs of one profile, found profile api in .*one/events.ndjson and"
                        + " profile protocol in .*two/events.ndjson\n$");
        assertThat(shell.run("diff", "one", "one", "two")).isEqualTo(3);

        run("--report", "1", "--shard", "1/2");
        run("--report", "2", "--shard", "2/2", "--profile", "protocol");
        assertThat(shell.run("merge", "1", "2", "-o", "all.ndjson")).isEqualTo(3);
        assertThat(shell.err())
                .containsPattern("^wstck: expected shards of one run, found profile api in .* and protocol in .*\n$");
    }

    @Test
    void mergedShardsHaveTheVerdictsOfTheWholeRun() throws Exception {
        run("--report", "whole", "--profile", "protocol");
        run("--report", "1", "--shard", "1/2", "--profile", "protocol");
        run("--report", "2", "--shard", "2/2", "--profile", "protocol");

        assertThat(shell.run("merge", "1", "2", "-o", "all.ndjson")).isZero();

        assertThat(shell.out()).contains(" · profile protocol · ", "1 deviation (not binding)");
        assertThat(EventsReader.read(folder.resolve("all.ndjson")).footer().contracts())
                .isEqualTo(EventsReader.read(folder.resolve("whole/events.ndjson"))
                        .footer()
                        .contracts());
    }

    @Test
    void evidenceIsJudgedByTheProfileOfItsRunUnlessAnotherIsChosen() {
        run("--profile", "protocol");

        assertThat(shell.run("rejudge", "--cases", "cases")).isZero();
        assertThat(shell.run("rejudge", "--cases", "cases", "--profile", "api")).isEqualTo(1);
        assertThat(shell.out())
                .startsWith("judged by profile api; the run was judged by profile protocol\n")
                .contains("api.wrong  was WARNED, is now FAILED: ")
                .contains("verdicts: 3 the same, 1 different\n");
    }

    private int run(String... options) {
        List<String> words = new java.util.ArrayList<>(List.of("run", "--cases", "cases"));
        words.addAll(List.of(options));
        return shell.run(words.toArray(String[]::new));
    }

    private void cases(String lua) throws IOException {
        Files.writeString(folder.resolve("cases/sums.lua"), lua);
    }

    private RecordedRun recorded() throws Exception {
        return EventsReader.read(folder.resolve("target/wstck/events.ndjson"));
    }

    private CaseFinished result(String id) throws Exception {
        Optional<CaseFinished> found = recorded().cases().stream()
                .filter(result -> result.id().equals(id))
                .findFirst();
        return found.orElseThrow();
    }

    private ContractVerdict contract(Contract contract) throws Exception {
        return recorded().footer().contracts().stream()
                .filter(verdict -> verdict.contract() == contract)
                .findFirst()
                .orElseThrow();
    }
}
