package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs print these lines when they crash. The line that is chosen names no place in the agent. */
class CrashLineTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            started|panic: runtime error: invalid memory address||goroutine 7 [running]:|main.read()|	/src/main.go:205 +0x705             ; panic: runtime error: invalid memory address
            thread 'main' panicked at src/main.rs:5:9:|no such id|note: run with a backtrace; thread 'main' panicked at src/main.rs:5:9:
            Exception in thread "main" java.lang.IllegalStateException: no|	at a.B.c(B.java:7)             ; Exception in thread "main" java.lang.IllegalStateException: no
            /src/agent.js:7|    throw x|    ^||TypeError: x is not a function|    at f (/src/agent.js:7:3)             ; TypeError: x is not a function
            Traceback (most recent call last):|  File "agent.py", line 7, in f|KeyError: 'id'; KeyError: 'id'
            one|	two; two
            """)
    void theLineThatSaysWhyIsFound(String lines, String expected) {
        assertThat(CrashLine.of(List.of(lines.split("\\|", -1)))).contains(expected.strip());
    }

    @Test
    void aProgramThatSaidNothingHasNoLine() {
        assertThat(CrashLine.of(List.of())).isEmpty();
    }
}
