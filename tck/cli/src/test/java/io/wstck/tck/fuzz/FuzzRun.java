package io.wstck.tck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Runs Jazzer on each target and prints the results. Only the Maven profile {@code fuzz} runs it (docs/fuzzing.md). It
 * reads the system properties {@code fuzz.seconds} (the total, divided equally), {@code fuzz.target} and
 * {@code fuzz.seed}.
 */
class FuzzRun {
    private static final String SECONDS = "60";
    private static final String ALL_TARGETS = "all";
    private static final Path OUTPUT = Path.of("target", "fuzz");

    @Test
    void noTargetHasAFinding() throws Exception {
        List<NamedTarget> targets = targets();
        Duration each = each(targets.size());
        long seed = seed();
        PrintStream out = System.out;
        out.printf("%-20s %10s %12s %8s  %s%n", "target", "seed", "executions", "seconds", "findings");
        List<String> findings = new ArrayList<>();
        for (NamedTarget target : targets) {
            FuzzResult result = new JazzerProcess(target, SeedCorpus.ofProject(), OUTPUT).run(each, seed);
            out.println(result.line());
            result.finding().ifPresent(findings::add);
        }
        assertThat(findings)
                .as("findings; docs/fuzzing.md says how to play the input of one again, and how to keep it")
                .isEmpty();
    }

    private static List<NamedTarget> targets() {
        String name = System.getProperty("fuzz.target", ALL_TARGETS);
        return name.equals(ALL_TARGETS) ? FuzzTargets.ALL : List.of(FuzzTargets.named(name));
    }

    private static long seed() {
        String text = System.getProperty("fuzz.seed", "");
        if (text.isEmpty()) {
            return new SplittableRandom().nextInt(1, Integer.MAX_VALUE);
        }
        if (!text.matches("[0-9]{1,10}")) {
            throw new IllegalArgumentException("fuzz.seed: expected a number of up to 10 digits, got \"" + text + "\"");
        }
        return Long.parseLong(text);
    }

    private static Duration each(int targets) {
        String text = System.getProperty("fuzz.seconds", SECONDS);
        if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) < targets) {
            throw new IllegalArgumentException("fuzz.seconds: expected a number, at least " + targets
                    + " for as many targets, got \"" + text + "\"");
        }
        return Duration.ofSeconds(Integer.parseInt(text) / targets);
    }
}
