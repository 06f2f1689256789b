package io.wstck.tck.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The launcher in BusyBox's shell, with BusyBox's tools. Skipped without BusyBox. */
@Execution(ExecutionMode.SAME_THREAD)
class BusyBoxLauncherTest extends LauncherTest {
    private static Path busyBox = Path.of("");

    @BeforeAll
    static void requireBusyBox() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "busybox"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "expected busybox on the PATH, found none");
        busyBox = found.get();
    }

    @Override
    void copyLauncher(String name, Path to) throws Exception {
        super.copyLauncher(name, to);
        edit(to.resolve(name), "1s|.*|#!" + busyBox + " sh|");
    }

    @Override
    String tool(String name) {
        return "'" + busyBox + "' " + name;
    }
}
