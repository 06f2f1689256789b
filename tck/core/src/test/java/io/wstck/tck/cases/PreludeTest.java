package io.wstck.tck.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.host.LuaHost;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * The prelude for agents is plain Lua, and its checks record the same in every Lua. Interpreters that are not installed
 * are skipped, unless {@code WSTCK_REQUIRE} contains {@code lua}, alone or in a list with commas.
 */
class PreludeTest {
    /** An agent whose scripts have {@code load} and may write to globals and modules. */
    private static final String OPEN = "open";

    /** An agent whose scripts have no {@code load} and may not write. */
    private static final String PROTECTED = "protected";

    private static final Path PRELUDE = Path.of("src/main/resources/io/wstck/tck/prelude");

    @Test
    void checksRecordExpectedAndActual() throws Exception {
        assertThat(underLuaJ(OPEN))
                .contains(
                        "== positions",
                        "equal | should | false | 1 | 2 | driver-cases.lua:25 | 1",
                        "equal | should | false | 2147483648 | -3 | driver-cases.lua:38 | 2",
                        "fails | should | false | nil or false, and an error of kind INTERNAL |"
                                + " nil, error INVALID, not retryable: other kind (another kind) | driver-cases.lua:44 | 1",
                        "took | should | false | between 1s and 2s | 3000.0ms | driver-cases.lua:54 | 11 3000 in 1000..2000 nil",
                        "fails_connection | should | false | nil or false, and an error |"
                                + " made-up client (the call succeeded) | driver-cases.lua:58 | 2",
                        "error driver-cases.lua:77 on purpose",
                        "error nil an object",
                        "== clock (clock)")
                .anyMatch(line -> line.startsWith("equal | should | false | \"" + "\\000".repeat(20) + "\" … \""
                        + "\\000".repeat(20) + "\" (200 bytes) | \"" + "x".repeat(120) + "\" … \"" + "x".repeat(20)
                        + "\" (200 bytes) | "))
                .anyMatch(line -> line.contains("high\uFFFD\uFFFD ü"));
    }

    /** Values of headers may be credentials. */
    @Test
    void aCallOfConnectIsRecordedWithItsOptionsAndWithoutTheValuesOfHeaders() throws Exception {
        assertThat(underLuaJ(OPEN))
                .anyMatch(line -> line.startsWith("call | case | true |")
                        && line.contains("websocket.connect(\"ws://")
                        && line.contains(", { read_limit = 6, headers = { \"Authorization\" = (13 bytes), \"X-Other\" ="
                                + " (1 bytes) } })"))
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void thePreludeNeitherWritesToGlobalsAndModulesNorNeedsLoad() throws Exception {
        assertThat(underLuaJ(PROTECTED)).containsExactlyElementsOf(underLuaJ(OPEN));
    }

    @Test
    void aTailCallToACheckHasThePositionOfTheCase() throws Exception {
        assertThat(underLuaJ(OPEN))
                .containsSubsequence("== tail-call", "equal | case | false | 1 | 2 | driver-cases.lua:2 | 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lua5.1", "lua5.3", "lua5.4", "luajit"})
    void checksRecordTheSameInOtherLuas(String lua) throws Exception {
        InstalledLua.assume(lua, "return 1");

        for (String kind : List.of(OPEN, PROTECTED)) {
            assertThat(output(
                            lua,
                            resource("launch.lua").toString(),
                            resource("driver.lua").toString(),
                            PRELUDE.toString(),
                            kind))
                    .as(kind)
                    .containsExactlyElementsOf(underLuaJ(OPEN));
        }
    }

    private static List<String> underLuaJ(String kind) throws Exception {
        List<String> lines = new ArrayList<>();
        try (LuaSession session = LuaHost.builder().build().open()) {
            LuaTable prelude = new LuaTable();
            Prelude.sources().forEach((name, text) -> prelude.rawset(LuaStrings.of(name), LuaStrings.of(text)));
            LuaValue driver = session.run(LuaScript.compile("driver.lua", Files.readString(resource("driver.lua"))))
                    .arg1();
            LuaValue line = LuaFunctions.of("line", arguments -> {
                lines.add(LuaStrings.text(arguments.checkstring(1)));
                return LuaValue.NONE;
            });
            session.call(driver, LuaValue.varargsOf(new LuaValue[] {prelude, line, LuaStrings.of(kind)}));
        }
        return lines;
    }

    private static List<String> output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text.lines().toList();
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(
                PreludeTest.class.getResource("/io/wstck/tck/prelude/" + name).toURI());
    }
}
