package io.wstck.tck.browser;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks a test that needs Firefox. Without Firefox the test is skipped. It fails instead if the environment variable
 * {@code WSTCK_REQUIRE} names {@code firefox}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsFirefox.Condition.class)
@interface NeedsFirefox {

    /** Whether Firefox is on the PATH. */
    final class Condition implements ExecutionCondition {
        private static final List<String> NAMES = List.of("firefox", "firefox-esr");

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            boolean found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                    .anyMatch(Files::isExecutable);
            if (found) {
                return ConditionEvaluationResult.enabled("there is a Firefox");
            }
            String missing = "expected " + String.join(" or ", NAMES) + " on the PATH, found none";
            if (System.getenv().getOrDefault("WSTCK_REQUIRE", "").contains("firefox")) {
                throw new IllegalStateException("WSTCK_REQUIRE asks for firefox: " + missing);
            }
            return ConditionEvaluationResult.disabled(missing);
        }
    }
}
