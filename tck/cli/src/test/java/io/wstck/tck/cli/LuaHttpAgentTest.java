package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.InstalledLua;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapter for lua-http is the documented example of an agent that hosts Lua. */
class LuaHttpAgentTest {
    private static final Path RUN =
            Path.of("../../adapters/lua-http/run").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @BeforeEach
    void theLibraryIsInstalled() throws InterruptedException {
        InstalledLua.assume("luajit", "require 'http.websocket' require 'cjson'");
    }

    @Test
    void itPassesTheSmokeTest() {
        Shell shell = new Shell(folder);
        assertThat(shell.run("smoke", "--agent", "'" + RUN + "'"))
                .as(shell.out() + shell.err())
                .isZero();
        assertThat(shell.out())
                .contains(" 6  limit     ok ", "lua-http 0.4")
                .doesNotContain("are not judged", "one script at a time", "is not known");
    }
}
