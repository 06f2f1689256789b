package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The faults of the agent for tests. They are words such as {@code die:ping}: the fault and its operation. */
final class AgentFaults {
    /** Sending a message with this base64 data triggers the fault; the text is {@code misbehave now}. */
    private static final String TRIGGER = "bWlzYmVoYXZlIG5vdw==";

    /** Longer than the server waits in a step with a limit of half a second. */
    private static final Duration SLOW = Duration.ofMillis(2500);

    private final List<String> words;

    AgentFaults(String... words) {
        this.words = Arrays.asList(words);
    }

    boolean lua() {
        return words.contains("lua");
    }

    /**
     * The behaviour at a script's time limit. By default the agent ends the script and reports it; {@code goes-on} and
     * {@code silent} change that.
     */
    LuaScriptRunner.LimitBehaviour atLimit() {
        if (words.contains("goes-on")) {
            return LuaScriptRunner.LimitBehaviour.GOES_ON;
        }
        return words.contains("silent")
                ? LuaScriptRunner.LimitBehaviour.ENDED_IN_SILENCE
                : LuaScriptRunner.LimitBehaviour.ENDED;
    }

    /** Whether the agent has constants of its own, one of them wrong. */
    boolean constants() {
        return words.contains("constants");
    }

    /** The declared behaviour as JSON, after {@code behaviour:}. */
    Optional<String> behaviour() {
        return argument("behaviour:");
    }

    /** The reported milliseconds of each send, after {@code elapsed:}. */
    Optional<String> elapsed() {
        return argument("elapsed:");
    }

    /** The word after {@code compress:}: how the client treats every message, whatever the options say. */
    Optional<String> compress() {
        return argument("compress:");
    }

    /** The capability that the agent does not claim, after {@code without:}. */
    Optional<String> without() {
        return argument("without:");
    }

    /** Whether the client offers compression although no option asks for it. */
    boolean offers() {
        return words.contains("offers");
    }

    /** Whether the client takes messages of 64 KiB at most, whatever the options say. */
    boolean takesShortMessages() {
        return words.contains("short-messages");
    }

    /** Adds a line to the file after {@code starts:} at each start. */
    void recordStart() throws IOException {
        if (argument("starts:").isPresent()) {
            Files.writeString(
                    Path.of(argument("starts:").get()),
                    "started\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /** Milliseconds by which the agent delays each request and answer of a send or a noop. */
    private Duration delay(JsonNode request) {
        return argument("delay-" + request.path("op").asText() + ":")
                .map(Long::parseLong)
                .map(Duration::ofMillis)
                .orElse(Duration.ZERO);
    }

    /** Sleeps before the request if a fault delays it: each request, or one operation, every time or once per file. */
    void delayRequest(JsonNode request) throws InterruptedException {
        Thread.sleep(delay(request));
        boolean once = argument("slow-once:")
                .filter(_ -> isTrigger(request))
                .map(Path::of)
                .filter(file -> !isThereOrMade(file))
                .isPresent();
        if (once || applies("slow", request)) {
            Thread.sleep(SLOW);
        }
    }

    private static boolean isTrigger(JsonNode request) {
        return request.path("data").asText().equals(TRIGGER);
    }

    private Optional<String> argument(String name) {
        return words.stream()
                .filter(word -> word.startsWith(name))
                .map(word -> word.substring(name.length()))
                .findFirst();
    }

    /** Whether the agent stops reading at this request. */
    boolean hangs(JsonNode request) {
        return applies("hang", request);
    }

    /** Whether the agent stops reading after it has handled this request. */
    boolean stopsReading(JsonNode request) {
        return applies("deaf", request);
    }

    /** Whether the agent answers twice. */
    boolean twice(JsonNode request) {
        return applies("twice", request);
    }

    /**
     * Commits the fault for this request, if any.
     *
     * @return whether the agent must not answer
     */
    boolean commit(JsonNode request, Consumer<String> print) throws InterruptedException {
        if (applies("die", request) || startsAgain(request)) {
            System.err.println("first line");
            System.err.println("about to die");
            System.err.flush();
            Runtime.getRuntime().halt(7);
        }
        if (applies("orphan", request)) {
            // A process that outlives its parents and holds this process's standard output.
            run("sleep 600 & exit 0");
            Runtime.getRuntime().halt(7);
        }
        if (applies("stuck", request)) {
            return true;
        }
        if (applies("garbage", request)) {
            print.accept("Traceback: this is no JSON\n");
        }
        if (applies("unknown", request)) {
            print.accept("{\"id\":987654,\"results\":[true]}\n");
        }
        if (applies("number", request)) {
            print.accept("{\"id\":" + request.path("id") + ",\"results\":[7]}\n");
            return true;
        }
        if (applies("met", request)) {
            // Three checks that are met, for any script.
            String check = "{\"name\":\"ok\",\"strength\":\"case\",\"met\":true,\"expected\":\"\",\"actual\":\"\","
                    + "\"position\":\"\",\"at\":0}";
            print.accept("{\"id\":" + request.path("id") + ",\"results\":[{\"checks\":["
                    + String.join(",", check, check, check) + "]}]}\n");
            return true;
        }
        if (applies("unsupported", request)) {
            print.accept("{\"id\":" + request.path("id") + ",\"unsupported\":\"it has no such thing\"}\n");
            return true;
        }
        if (applies("trouble", request)) {
            print.accept("{\"id\":" + request.path("id") + ",\"trouble\":\"it is out of sorts\"}\n");
            return true;
        }
        if (applies("flood", request)) {
            String line = "x".repeat(1 << 20);
            while (true) {
                print.accept(line);
            }
        }
        return false;
    }

    private static void run(String script) throws InterruptedException {
        try {
            new ProcessBuilder("sh", "-c", script).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this is a second start and the faults forbid one. A marker file records the first. */
    private boolean startsAgain(JsonNode request) {
        return request.path("op").asText().equals("hello")
                && words.stream()
                        .filter(word -> word.startsWith("once:"))
                        .map(word -> Path.of(word.substring("once:".length())))
                        .anyMatch(AgentFaults::isThereOrMade);
    }

    private static boolean isThereOrMade(Path file) {
        try {
            Files.createFile(file);
            return false;
        } catch (FileAlreadyExistsException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean applies(String what, JsonNode request) {
        String op = request.path("op").asText();
        return words.contains(what + ":" + op) && (!op.equals("send") || isTrigger(request));
    }
}
