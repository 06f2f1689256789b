package io.wstck.tck.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wstck.tck.github.WorkflowStep.ScriptResult;
import io.wstck.tck.machine.Executables;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shell steps of action.yml run as they are printed. The release is a folder, and java writes a report. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class ActionTest {
    private static final List<String> TOOLS = List.of("bash", "curl", "shasum");
    private static final String JAR = "the bytes of the kit";

    @TempDir
    private Path folder;

    private final Map<String, String> expressions = new HashMap<>();
    private final Map<String, String> runner = new HashMap<>();
    private List<WorkflowStep> steps = List.of();

    @BeforeEach
    void readTheAction() throws Exception {
        for (String tool : TOOLS) {
            assumeTrue(isOnPath(tool), "expected " + tool + " on the PATH, found none");
        }
        Map<?, ?> action = WorkflowStep.yaml("action.yml");
        steps = WorkflowStep.of((Map<?, ?>) action.get("runs"));
        ((Map<?, ?>) action.get("inputs"))
                .forEach((name, input) -> expressions.put(
                        "inputs." + name, ((Map<?, ?>) input).get("default").toString()));
        expressions.put("github.action_ref", "v1.2.3");
        expressions.put("github.server_url", folder.toUri().toString().replaceFirst("/$", ""));
        expressions.put("github.action_repository", "owner/wstck");
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Executables.script(bin.resolve("java"), """
                printf '%s\\n' "$@" >arguments
                mkdir -p "$REPORT"
                [ -n "$NO_REPORT" ] || echo '# conformant' >"$REPORT/report.md"
                exit "$STATUS"
                """);
        runner.put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
        runner.put(
                "RUNNER_TEMP",
                Files.createDirectory(folder.resolve("temp folder")).toString());
        runner.put("GITHUB_OUTPUT", folder.resolve("output").toString());
        runner.put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
        runner.put("NO_REPORT", "");
        runner.put("STATUS", "0");
    }

    private static boolean isOnPath(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }

    private ScriptResult step(String name) throws Exception {
        return WorkflowStep.named(steps, name).run(folder, expressions, runner);
    }

    private void release(String version, String jar, String summed) throws Exception {
        Path release = Files.createDirectories(folder.resolve("owner/wstck/releases/download/v" + version));
        Files.writeString(release.resolve("wstck.jar"), jar);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(summed.getBytes(StandardCharsets.UTF_8));
        Files.writeString(release.resolve("wstck.jar.sha256"), HexFormat.of().formatHex(digest) + "  wstck.jar\n");
    }

    @Test
    void theKitIsThatOfTheTagOfTheAction() throws Exception {
        release("1.2.3", JAR, JAR);

        assertThat(step("Get the kit").status()).isZero();
        assertThat(folder.resolve("temp folder/wstck/wstck.jar")).hasContent(JAR);
    }

    @Test
    void theInputVersionNamesAnotherRelease() throws Exception {
        release("2.0.0", JAR, JAR);
        expressions.put("inputs.version", "2.0.0");

        assertThat(step("Get the kit").status()).isZero();
    }

    @Test
    void withoutAVersionTheActionSaysWhatItExpected() throws Exception {
        expressions.put("github.action_ref", "main");

        ScriptResult result = step("Get the kit");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.output())
                .isEqualTo("wstck: expected the input version, or a release as the tag of the action, got \"main\"\n");
    }

    @Test
    void aReleaseThatDoesNotExistIsNamed() throws Exception {
        ScriptResult result = step("Get the kit");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.output()).contains("wstck: expected wstck.jar in the release v1.2.3 at file:/");
    }

    @Test
    void aJarWithAnotherSumIsRefused() throws Exception {
        release("1.2.3", JAR + ", changed", JAR);

        ScriptResult result = step("Get the kit");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.output())
                .endsWith("wstck: expected wstck.jar to have the sum in wstck.jar.sha256, got another one\n");
    }

    @Test
    void theInputsAreArgumentsAndTheStatusIsPassedOn() throws Exception {
        expressions.put("inputs.agent", "python3 my agent.py; $(false)");
        expressions.put("inputs.known", "known list.yaml");
        expressions.put("inputs.profile", "protocol");
        expressions.put("inputs.report", "out");
        runner.put("STATUS", "1");

        ScriptResult result = step("Run the kit");

        assertThat(result).isEqualTo(new ScriptResult(1, ""));
        assertThat(Files.readAllLines(folder.resolve("arguments")))
                .containsExactly(
                        "-jar",
                        folder + "/temp folder/wstck/wstck.jar",
                        "run",
                        "--report",
                        "out",
                        "--agent",
                        "python3 my agent.py; $(false)",
                        "--known",
                        "known list.yaml",
                        "--profile",
                        "protocol");
        assertThat(folder.resolve("output")).hasContent("status=1");
    }

    @Test
    void withoutInputsOnlyTheReportFolderIsNamed() throws Exception {
        assertThat(step("Run the kit").status()).isZero();

        assertThat(Files.readAllLines(folder.resolve("arguments")))
                .endsWith("run", "--report", "target/wstck")
                .hasSize(5);
    }

    @Test
    void theReportIsTheSummaryOfTheJob() throws Exception {
        step("Run the kit");

        assertThat(step("Show the report").status()).isZero();
        assertThat(folder.resolve("summary")).hasContent("# conformant");
    }

    @Test
    void anEarlierReportIsNotTheSummaryOfARunWithoutOne() throws Exception {
        step("Run the kit");
        runner.put("NO_REPORT", "yes");
        runner.put("STATUS", "2");
        step("Run the kit");

        assertThat(step("Show the report").status()).isZero();
        assertThat(folder.resolve("summary")).hasContent("wstck wrote no report. The log of the job says why.");
    }

    @Test
    void theOutputOfTheActionIsThatOfItsStep() throws Exception {
        Map<?, ?> outputs = (Map<?, ?>) WorkflowStep.yaml("action.yml").get("outputs");

        assertThat(new TreeMap<>(outputs).toString()).contains("${{ steps.run.outputs.status }}");
        assertThat(Files.readString(WorkflowStep.ROOT.resolve("action.yml")))
                .containsPattern(Pattern.compile("name: Run the kit\n +id: run\n"));
    }
}
