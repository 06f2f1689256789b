package io.wstck.tck.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;

/** Finds the Lua interpreters on this machine for tests. */
public final class InstalledLua {
    private InstalledLua() {}

    /**
     * Skips the test if the interpreter cannot run a chunk. It fails instead if {@code WSTCK_REQUIRE} contains {@code
     * lua}, alone or in a list with commas.
     *
     * @param chunk for example one that requires the modules of the test
     */
    public static void assume(String interpreter, String chunk) throws InterruptedException {
        boolean runs = runs(interpreter, chunk);
        if (List.of(System.getenv().getOrDefault("WSTCK_REQUIRE", "").split(","))
                .contains("lua")) {
            assertThat(runs)
                    .as(interpreter + " that runs " + chunk + ", which WSTCK_REQUIRE asks for")
                    .isTrue();
        }
        assumeTrue(runs, interpreter + " is not installed, or does not run " + chunk);
    }

    private static boolean runs(String interpreter, String chunk) throws InterruptedException {
        try {
            return new ProcessBuilder(interpreter, "-e", chunk)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
