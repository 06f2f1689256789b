package io.wstck.tck.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks a test that needs Chromium. Without Chromium the test is skipped. It fails instead if the environment variable
 * {@code WSTCK_REQUIRE} names {@code chromium}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsChromium.Condition.class)
@interface NeedsChromium {

    /** Whether Chromium is installed. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<String> missing = Chromium.missing();
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("there is a Chromium");
            }
            if (Optional.ofNullable(System.getenv("WSTCK_REQUIRE")).orElse("").contains("chromium")) {
                throw new IllegalStateException("WSTCK_REQUIRE asks for chromium: " + missing.get());
            }
            return ConditionEvaluationResult.disabled(missing.get());
        }
    }
}
