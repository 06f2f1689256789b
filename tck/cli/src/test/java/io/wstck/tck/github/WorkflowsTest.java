package io.wstck.tck.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.github.WorkflowStep.ScriptResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The workflows run what the project runs, and their scripts do what they say. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class WorkflowsTest {
    private static final Pattern STAGE = Pattern.compile("^stage '([^']+)' (.+)$", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    private static Map<?, ?> job(String workflow, String job) throws IOException {
        Map<?, ?> jobs =
                (Map<?, ?>) WorkflowStep.yaml(".github/workflows/" + workflow).get("jobs");
        return (Map<?, ?>) jobs.get(job);
    }

    @Test
    void theStagesAreThoseOfTheScript() throws IOException {
        Map<String, String> stages = STAGE.matcher(Files.readString(WorkflowStep.ROOT.resolve(".ci/run")))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> command(found.group(2))));
        List<WorkflowStep> steps = WorkflowStep.of(job("check.yml", "stages"));

        assertThat(stages).hasSizeGreaterThan(6);
        stages.forEach((name, command) ->
                assertThat(WorkflowStep.named(steps, name).script()).endsWith(command));
    }

    /** The command of a stage, without the functions of the script. */
    private static String command(String text) {
        if (text.equals("format")) {
            return "mvn -B -q spotless:check";
        }
        return text.replaceFirst("^readme_command '(.*)'$", "$1");
    }

    @Test
    void theNightlyRunJudgesEachAdapter() throws IOException {
        List<?> agents = (List<?>) matrix("judge").get("include");
        Set<String> judged = agents.stream()
                .map(agent -> ((Map<?, ?>) agent).get("adapter").toString())
                .collect(Collectors.toCollection(TreeSet::new));
        for (Object adapter : (List<?>) matrix("jvm").get("adapter")) {
            judged.add(adapter.toString());
        }

        assertThat(judged).isEqualTo(adapters());
    }

    private static Map<?, ?> matrix(String job) throws IOException {
        return (Map<?, ?>) ((Map<?, ?>) job("adapters.yml", job).get("strategy")).get("matrix");
    }

    private static Set<String> adapters() throws IOException {
        try (Stream<Path> folders = Files.list(WorkflowStep.ROOT.resolve("adapters"))) {
            return folders.filter(adapter -> Files.isExecutable(adapter.resolve("run")))
                    .map(adapter -> adapter.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void aTagThatIsNotTheVersionIsRefused() throws Exception {
        WorkflowStep compare =
                WorkflowStep.named(WorkflowStep.of(job("release.yml", "release")), "compare the tag with the version");
        Files.copy(WorkflowStep.ROOT.resolve("pom.xml"), folder.resolve("pom.xml"));
        var version = Pattern.compile("<artifactId>wstck-parent</artifactId>\\s+<version>(.+)</version>")
                .matcher(Files.readString(folder.resolve("pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(compare.run(folder, Map.of(), Map.of("GITHUB_REF_NAME", "v" + version.group(1))))
                .isEqualTo(new ScriptResult(0, ""));
        assertThat(compare.run(folder, Map.of(), Map.of("GITHUB_REF_NAME", "v0.0.1")))
                .isEqualTo(new ScriptResult(
                        1,
                        "release: expected the tag v" + version.group(1)
                                + ", because pom.xml has this version, got v0.0.1\n"));
    }

    @Test
    void theSummaryIsTheReportIfThereIsOne() throws Exception {
        Path summary = folder.resolve("summary");
        Map<String, String> runner = Map.of("GITHUB_STEP_SUMMARY", summary.toString());
        for (WorkflowStep step : List.of(
                WorkflowStep.named(WorkflowStep.of(job("check.yml", "stages")), "summary"),
                WorkflowStep.named(WorkflowStep.of(job("adapters.yml", "judge")), "summary"))) {
            assertThat(step.run(folder, Map.of(), runner)).isEqualTo(new ScriptResult(0, ""));
        }
        assertThat(summary).doesNotExist();

        Files.writeString(
                Files.createDirectories(folder.resolve("target/wstck")).resolve("report.md"), "# report");
        for (WorkflowStep step : List.of(
                WorkflowStep.named(WorkflowStep.of(job("check.yml", "stages")), "summary"),
                WorkflowStep.named(WorkflowStep.of(job("adapters.yml", "judge")), "summary"))) {
            step.run(folder, Map.of(), runner);
        }
        assertThat(summary).hasContent("# report# report");
    }

    @Test
    void theIssueFormsHaveALabelForEachField() throws IOException {
        for (String form : List.of("wrong-verdict", "missing-case", "new-adapter")) {
            Map<?, ?> yaml = WorkflowStep.yaml(".github/ISSUE_TEMPLATE/" + form + ".yml");
            assertThat(yaml.get("name")).as(form).isNotNull();
            assertThat(yaml.get("description")).as(form).isNotNull();
            assertThat((List<?>) yaml.get("body")).isNotEmpty().allSatisfy(field -> {
                Map<?, ?> attributes = (Map<?, ?>) ((Map<?, ?>) field).get("attributes");
                assertThat(attributes.get("label")).isNotNull();
            });
        }
    }

    @Test
    void eachFolderOfDependabotExists() throws IOException {
        List<?> updates = (List<?>) WorkflowStep.yaml(".github/dependabot.yml").get("updates");
        for (Object update : updates) {
            Map<?, ?> fields = (Map<?, ?>) update;
            List<?> folders =
                    fields.get("directories") instanceof List<?> several ? several : List.of(fields.get("directory"));
            assertThat(folders)
                    .allSatisfy(one ->
                            assertThat(WorkflowStep.ROOT.resolve("." + one)).isDirectory());
        }
    }
}
