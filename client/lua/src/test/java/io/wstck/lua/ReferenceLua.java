package io.wstck.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.luaj.vm2.LuaValue;

/**
 * Runs chunks in the reference implementation, Lua 5.1, and in the host, and returns their output. A character of a
 * chunk or of its output is a byte. Both run {@code run.lua}.
 */
final class ReferenceLua {
    private static final long STACK_BYTES = 16L << 20;
    private static final String INTERPRETER = "lua5.1";
    private static final String RUNNER = text("run.lua");
    private static final LuaScript HOST_RUNNER = Scripts.compile(RUNNER);

    private ReferenceLua() {}

    /**
     * Skips the test where the interpreter is not installed, unless the environment says {@code WSTCK_REQUIRE=lua},
     * alone or in a list with commas.
     */
    static void assumeInstalled() {
        boolean installed = isInstalled();
        if (List.of(System.getenv().getOrDefault("WSTCK_REQUIRE", "").split(","))
                .contains("lua")) {
            assertThat(installed)
                    .as(INTERPRETER + ", which WSTCK_REQUIRE asks for")
                    .isTrue();
        }
        assumeTrue(installed, INTERPRETER + " is not installed");
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder(INTERPRETER, "-v").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The output of each chunk in the reference implementation, all run by one process. */
    static List<String> outputs(List<String> chunks) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("wstck-lua");
        Path runner = folder.resolve("run.lua");
        Path input = folder.resolve("chunks");
        Path output = folder.resolve("outputs");
        try {
            Files.write(runner, bytes(RUNNER));
            Files.write(input, framed(chunks));
            Process process = new ProcessBuilder(INTERPRETER, runner.toString())
                    .redirectInput(input.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.waitFor()).as("exit status of " + INTERPRETER).isZero();
            List<String> outputs = unframed(new String(Files.readAllBytes(output), StandardCharsets.ISO_8859_1));
            assertThat(outputs).hasSameSizeAs(chunks);
            return outputs;
        } finally {
            for (Path file : List.of(runner, input, output, folder)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The output of a chunk in a session of its own. */
    static String hostOutput(String chunk) {
        return hostOutputs(List.of(chunk)).getFirst();
    }

    /** The outputs of chunks that one session runs. On a thread with room for the nested calls that Lua allows. */
    static List<String> hostOutputs(List<String> chunks) {
        FutureTask<List<String>> task = new FutureTask<>(() -> outputsHere(chunks));
        Thread thread = Thread.ofPlatform().stackSize(STACK_BYTES).start(task);
        try {
            thread.join();
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> outputsHere(List<String> chunks) {
        List<String> outputs = new ArrayList<>();
        try (LuaSession session = Scripts.HOST.open()) {
            LuaValue run = session.run(HOST_RUNNER).arg1();
            for (String chunk : chunks) {
                LuaValue output = session.call(run, LuaStrings.of(bytes(chunk))).arg1();
                outputs.add(new String(LuaStrings.bytes(output), StandardCharsets.ISO_8859_1));
            }
        }
        return outputs;
    }

    /** The output for a message: bytes that are no printable ASCII are escaped. */
    static String shown(String output) {
        StringBuilder shown = new StringBuilder();
        output.chars().forEach(octet -> {
            boolean plain = octet == '\n' || octet == '\t' || (octet >= ' ' && octet <= '~');
            shown.append(plain ? Character.toString(octet) : "\\" + octet);
        });
        return shown.toString();
    }

    /** A resource beside {@code run.lua}. */
    static String text(String name) {
        try (InputStream file = ReferenceLua.class.getResourceAsStream("reference/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] framed(List<String> chunks) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (String chunk : chunks) {
            frames.writeBytes(bytes(chunk.length() + "\n" + chunk));
        }
        return frames.toByteArray();
    }

    private static List<String> unframed(String frames) {
        List<String> outputs = new ArrayList<>();
        int at = 0;
        while (at < frames.length()) {
            int start = frames.indexOf('\n', at) + 1;
            int end = start + Integer.parseInt(frames.substring(at, start - 1));
            outputs.add(frames.substring(start, end));
            at = end;
        }
        return outputs;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
