package io.wstck.tck.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs Jazzer on one target in its own process with limited memory. */
final class JazzerProcess {
    private static final int HEAP_MIB = 512;
    private static final int RESIDENT_MIB = 1536;
    /** An input that takes longer is a finding. */
    private static final int HANG_SECONDS = 25;

    private static final String EXECUTIONS = "stat::number_of_executed_units:";

    private final NamedTarget target;
    private final SeedCorpus kept;
    private final Path folder;

    /**
     * @param folder for the corpus, the findings and the log, in one folder per target
     */
    JazzerProcess(NamedTarget target, SeedCorpus kept, Path folder) {
        this.target = target;
        this.kept = kept;
        this.folder = folder.resolve(target.name());
    }

    FuzzResult run(Duration time, long seed) throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path findings = Files.createDirectories(folder.resolve("findings"));
        List<Path> before = files(findings);
        Path log = folder.resolve("log.txt");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command(time, seed, corpus, findings))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int status;
        try {
            status = process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Path> found = new ArrayList<>(files(findings));
        found.removeAll(before);
        return new FuzzResult(target, seed, executions(log), seconds, status, found, log);
    }

    private List<String> command(Duration time, long seed, Path corpus, Path findings) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + JazzerEntry.TARGET_PROPERTY + "=" + target.name(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--instrumentation_includes=" + target.instrumented(),
                "--custom_hook_includes=" + target.instrumented(),
                // This hook slows down each match, and the corpus already has inputs that match the patterns.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexRoadblocks",
                "--reproducer_path=" + findings,
                "-seed=" + seed,
                "-max_total_time=" + time.toSeconds(),
                "-max_len=" + target.maxLength(),
                "-timeout=" + HANG_SECONDS,
                "-rss_limit_mb=" + RESIDENT_MIB,
                "-print_final_stats=1",
                "-artifact_prefix=" + findings + "/",
                corpus.toString(),
                kept.folder(target).toString());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            // Jazzer writes a Java class beside each input.
            return entries.filter(file -> !file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static long executions(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(EXECUTIONS))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(EXECUTIONS.length()).strip()))
                    .findFirst()
                    .orElse(-1);
        }
    }
}
