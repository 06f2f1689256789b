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

/** What an agent for tests does wrong: words such as {@code die:ping}, what it does and at which operation. */
final class Misdeeds {
    /** The data, base64, of the one message at whose sending it is done; {@code misbehave now}. */
    private static final String TRIGGER = "bWlzYmVoYXZlIG5vdw==";

    /** Longer than a server waits that is told to wait half a second. */
    private static final Duration SLOW = Duration.ofMillis(2500);

    private final List<String> words;

    Misdeeds(String... words) {
        this.words = Arrays.asList(words);
    }

    boolean lua() {
        return words.contains("lua");
    }

    /** What it does with scripts at their limit: it ends them, and says so, unless it is told {@code goes-on} or {@code silent}. */
    LuaScripts.AtLimit atLimit() {
        if (words.contains("goes-on")) {
            return LuaScripts.AtLimit.GOES_ON;
        }
        return words.contains("silent") ? LuaScripts.AtLimit.ENDED_IN_SILENCE : LuaScripts.AtLimit.ENDED;
    }

    /** Whether it has constants of its own, one of which is wrong. */
    boolean constants() {
        return words.contains("constants");
    }

    /** What it says of its behaviour, as JSON after {@code behaviour:}, if anything. */
    Optional<String> behaviour() {
        return argument("behaviour:");
    }

    /** What it says that each send took, in milliseconds, after {@code elapsed:}, if anything. */
    Optional<String> elapsed() {
        return argument("elapsed:");
    }

    /** A word after {@code compress:}: what its client does with every message, whatever the script asks for. */
    Optional<String> compress() {
        return argument("compress:");
    }

    /** The capability after {@code without:}, which it does not claim. */
    Optional<String> without() {
        return argument("without:");
    }

    /** Whether its client offers compression though no option asks for it. */
    boolean offers() {
        return words.contains("offers");
    }

    /** Adds a line to the file behind {@code starts:} each time that it starts. */
    void started() throws IOException {
        if (argument("starts:").isPresent()) {
            Files.writeString(
                    Path.of(argument("starts:").get()),
                    "started\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /** How many milliseconds it keeps each request and each answer of a send or a noop to itself. */
    private Duration delay(JsonNode request) {
        return argument("delay-" + request.path("op").asText() + ":")
                .map(Long::parseLong)
                .map(Duration::ofMillis)
                .orElse(Duration.ZERO);
    }

    /** Takes its time: for each request, and for the one that it is told to be slow at, once per file or each time. */
    void loiter(JsonNode request) throws InterruptedException {
        Thread.sleep(delay(request));
        boolean once = argument("slow-once:")
                .filter(_ -> isTrigger(request))
                .map(Path::of)
                .filter(file -> !isThereOrMade(file))
                .isPresent();
        if (once || has("slow", request)) {
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

    /** Whether it stops to read at this request. */
    boolean hangs(JsonNode request) {
        return has("hang", request);
    }

    /** Whether it reads no further, though it still does what it was asked for. */
    boolean stopsReading(JsonNode request) {
        return has("deaf", request);
    }

    /** Whether it gives its answer twice. */
    boolean twice(JsonNode request) {
        return has("twice", request);
    }

    /**
     * Does what is to be done instead of an answer.
     *
     * @return whether there is to be none
     */
    boolean commit(JsonNode request, Consumer<String> print) throws InterruptedException {
        if (has("die", request) || startsAgain(request)) {
            System.err.println("first line");
            System.err.println("about to die");
            System.err.flush();
            Runtime.getRuntime().halt(7);
        }
        if (has("orphan", request)) {
            // A program that outlives its parents, and holds the standard output of this one.
            run("sleep 600 & exit 0");
            Runtime.getRuntime().halt(7);
        }
        if (has("stuck", request)) {
            return true;
        }
        if (has("garbage", request)) {
            print.accept("Traceback: this is no JSON\n");
        }
        if (has("unknown", request)) {
            print.accept("{\"id\":987654,\"results\":[true]}\n");
        }
        if (has("number", request)) {
            print.accept("{\"id\":" + request.path("id") + ",\"results\":[7]}\n");
            return true;
        }
        if (has("met", request)) {
            // Three checks that are met, whatever the script.
            String check = "{\"name\":\"ok\",\"strength\":\"case\",\"met\":true,\"expected\":\"\",\"actual\":\"\","
                    + "\"position\":\"\",\"at\":0}";
            print.accept("{\"id\":" + request.path("id") + ",\"results\":[{\"checks\":["
                    + String.join(",", check, check, check) + "]}]}\n");
            return true;
        }
        if (has("unsupported", request)) {
            print.accept("{\"id\":" + request.path("id") + ",\"unsupported\":\"it has no such thing\"}\n");
            return true;
        }
        if (has("trouble", request)) {
            print.accept("{\"id\":" + request.path("id") + ",\"trouble\":\"it is out of sorts\"}\n");
            return true;
        }
        if (has("flood", request)) {
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

    /** Whether it is told to start only once, by the name of a file that says whether it has. */
    private boolean startsAgain(JsonNode request) {
        return request.path("op").asText().equals("hello")
                && words.stream()
                        .filter(word -> word.startsWith("once:"))
                        .map(word -> Path.of(word.substring("once:".length())))
                        .anyMatch(Misdeeds::isThereOrMade);
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

    private boolean has(String what, JsonNode request) {
        String op = request.path("op").asText();
        return words.contains(what + ":" + op) && (!op.equals("send") || isTrigger(request));
    }
}
