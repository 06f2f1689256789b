package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.implementation.script.ScriptEnd;
import io.wstck.tck.implementation.script.ScriptHost;
import io.wstck.tck.implementation.script.ScriptSettings;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The prompt of the command lua. */
class LuaPromptTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theResultsOfExpressionsArePrinted() throws IOException {
        assertThat(session("1 + 1", "=2, nil", "('x'):rep(3)", "nil", "x = 5", "x"))
                .isEqualTo("""
                > 2
                > 2\tnil
                > xxx
                > nil
                > > 5
                >\s
                """);
    }

    @Test
    void aChunkMayTakeSeveralLines() throws IOException {
        assertThat(session("for i = 1, 2 do", "print(i)", "end", "s = [[a", "b]]", "#s", "f = function()", "end"))
                .isEqualTo("""
                > >> >> 1
                2
                > >> > 3
                > >> >\s
                """);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void anErrorEndsOnlyItsChunk() throws IOException {
        assertThat(session("x = = 1", "end", "local y = nil; y()", "return nil, 'no'", "'still here'"))
                .endsWith("> nil\tno\n> still here\n> \n");
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("stdin:1: "));
    }

    @Test
    void aStoppedChunkEndsThePrompt() throws IOException {
        BufferedReader in = new BufferedReader(new StringReader("1\n2\n"));

        ScriptEnd end = new LuaPrompt(in, stream(out), stream(err), _ -> new ScriptEnd.Stopped("too long")).run();

        assertThat(end).isEqualTo(new ScriptEnd.Stopped("too long"));
        assertThat(in.readLine()).isEqualTo("2");
    }

    private String session(String... lines) throws IOException {
        ScriptSettings settings = new ScriptSettings(
                List.of(),
                Optional.empty(),
                OptionalLong.empty(),
                line -> {
                    stream(out).print(line + "\n");
                    return true;
                },
                Optional.empty());
        try (ScriptHost host = ScriptHost.open(settings)) {
            BufferedReader in = new BufferedReader(new StringReader(String.join("\n", lines)));
            assertThat(new LuaPrompt(in, stream(out), stream(err), host::run).run())
                    .isEqualTo(new ScriptEnd.Returned(List.of()));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
