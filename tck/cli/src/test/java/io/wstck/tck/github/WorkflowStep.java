package io.wstck.tck.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * A step of a workflow or of an action for GitHub Actions that runs a shell script.
 *
 * @param environment the variables that the step sets; their values may have expressions
 */
record WorkflowStep(String name, String script, Map<String, String> environment) {
    /** The root of the project. Tests run in the folder of their module. */
    static final Path ROOT = Path.of("..", "..");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ *(.+?) *}}");

    /** The result of a script. */
    record ScriptResult(int status, String output) {}

    /** A YAML file of the project. */
    static Map<?, ?> yaml(String file) throws IOException {
        return new Yaml().load(Files.readString(ROOT.resolve(file)));
    }

    /** The steps of a job, or of an action, that run a script. */
    static List<WorkflowStep> of(Map<?, ?> job) {
        return ((List<?>) job.get("steps"))
                .stream()
                        .map(step -> (Map<?, ?>) step)
                        .filter(step -> step.containsKey("run"))
                        .map(WorkflowStep::parse)
                        .toList();
    }

    private static WorkflowStep parse(Map<?, ?> step) {
        Map<String, String> environment = new TreeMap<>();
        if (step.get("env") instanceof Map<?, ?> variables) {
            variables.forEach((name, value) -> environment.put(name.toString(), value.toString()));
        }
        String script = step.get("run").toString();
        // A value in the text of a script would be run as a part of it.
        assertThat(script).doesNotContain("${{");
        return new WorkflowStep(String.valueOf(step.get("name")), script, environment);
    }

    static WorkflowStep named(List<WorkflowStep> steps, String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected the step \"" + name + "\", found none"));
    }

    /**
     * Runs the script in the shell that GitHub Actions uses for {@code shell: bash}.
     *
     * @param expressions the values of the expressions, such as {@code inputs.agent}
     * @param runner the variables that the runner sets
     */
    ScriptResult run(Path folder, Map<String, String> expressions, Map<String, String> runner)
            throws IOException, InterruptedException {
        Path file = Files.writeString(Files.createTempFile(folder, "step", ".sh"), script);
        Path output = Files.createTempFile(folder, "step", ".txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc", "-eo", "pipefail", file.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(runner);
        environment.forEach((name, value) -> builder.environment().put(name, evaluate(value, expressions)));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new ScriptResult(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String evaluate(String text, Map<String, String> expressions) {
        return EXPRESSION.matcher(text).replaceAll(found -> value(found, expressions));
    }

    private static String value(MatchResult found, Map<String, String> expressions) {
        String value = expressions.get(found.group(1));
        assertThat(value).as("the value of the expression " + found.group(1)).isNotNull();
        return Matcher.quoteReplacement(value);
    }
}
