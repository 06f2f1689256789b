package io.wstck.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The kit as it is shipped: its launcher, with the jar that was built before. */
final class KitLauncher {
    private KitLauncher() {}

    /**
     * Returns the command that starts the kit.
     *
     * @throws Contestant.AbsentException if the jar is not built
     */
    static List<String> command(Path home, String... arguments) throws Contestant.AbsentException {
        if (!Files.exists(home.resolve("tck/cli/target/wstck.jar"))) {
            throw new Contestant.AbsentException("the kit is not built: start ./wstck once");
        }
        List<String> command = new ArrayList<>(List.of(home.resolve("wstck").toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
