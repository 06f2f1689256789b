package io.wstck.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions, and what the reference implementation of Lua 5.1 (5.1.5) prints for them. */
class VectorsTest {
    @ParameterizedTest
    @MethodSource("vectors")
    void anExpressionHasTheValueThatItHasInLua(String vector) {
        int tab = vector.indexOf('\t');
        String expression = vector.substring(0, tab);
        String actual;
        try {
            actual = Scripts.eval("return " + expression);
        } catch (LuaFailure e) {
            actual = "ERR";
        }
        String shown = actual.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\0", "\\0");
        assertThat(shown).isEqualTo(vector.substring(tab + 1));
    }

    static Stream<String> vectors() throws IOException {
        try (InputStream file = VectorsTest.class.getResourceAsStream("vectors.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
        }
    }
}
