package io.wstck.tck.autobahn.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.text.Excerpt;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A {@code fuzzingserver.json}.
 *
 * @param port of its {@code url}
 * @param unused what it says that this server does not use, a phrase each
 */
public record SpecFile(
        OptionalInt port,
        Optional<Path> outDir,
        Patterns patterns,
        List<Plan.AgentExclusion> excluded,
        List<String> protocols,
        List<String> unused) {
    /** The file of somebody who has none. */
    public static final SpecFile NONE =
            new SpecFile(OptionalInt.empty(), Optional.empty(), Patterns.ALL, List.of(), List.of(), List.of());

    private static final int WEB = 80;
    private static final Set<String> KEYS = Set.of(
            "url",
            "outdir",
            "cases",
            "exclude-cases",
            "exclude-agent-cases",
            "options",
            "protocols",
            "key",
            "cert",
            "webport");

    public SpecFile {
        excluded = List.copyOf(excluded);
        protocols = List.copyOf(protocols);
        unused = List.copyOf(unused);
    }

    /**
     * Reads {@code file}.
     *
     * @throws SpecException when it cannot be read, is no JSON object, or has a value of another kind
     */
    public static SpecFile read(Path file) throws SpecException {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        try {
            return new Reader(file, mapper.readTree(Files.readAllBytes(file))).read();
        } catch (NoSuchFileException none) {
            throw new SpecException("expected a fuzzingserver.json at " + file + ", found no file");
        } catch (JsonProcessingException noJson) {
            throw new SpecException(file + ": expected JSON, found none: " + noJson.getOriginalMessage() + " (line "
                    + noJson.getLocation().getLineNr() + ")");
        } catch (IOException unreadable) {
            throw new SpecException(
                    "expected a file that can be read at " + file + ", found another: " + unreadable.getMessage());
        }
    }

    private record Reader(Path file, JsonNode json) {
        SpecFile read() throws SpecException {
            if (!json.isObject()) {
                throw new SpecException(file + ": expected a JSON object, found " + excerpt(json));
            }
            return new SpecFile(
                    port(),
                    text("outdir").map(Path::of),
                    new Patterns(
                            json.has("cases") ? patterns("cases", json.get("cases")) : Patterns.ALL.select(),
                            patterns("exclude-cases", json.path("exclude-cases"))),
                    exclusions(),
                    texts("protocols", json.path("protocols")),
                    unused());
        }

        private OptionalInt port() throws SpecException {
            Optional<String> url = text("url");
            if (url.isEmpty()) {
                return OptionalInt.empty();
            }
            URI uri;
            try {
                uri = URI.create(url.get());
            } catch (IllegalArgumentException none) {
                throw wrong("url", "a ws:// URL", json.get("url"));
            }
            if ("wss".equalsIgnoreCase(uri.getScheme())) {
                throw new SpecException(file + ": url: expected ws://, got " + url.get()
                        + ": this server does not speak TLS yet, and key and cert are not used");
            }
            if (!"ws".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getPort() > 65_535) {
                throw wrong("url", "a ws:// URL", json.get("url"));
            }
            return OptionalInt.of(uri.getPort() < 0 ? WEB : uri.getPort());
        }

        private List<Plan.AgentExclusion> exclusions() throws SpecException {
            JsonNode value = json.path("exclude-agent-cases");
            if (value.isMissingNode()) {
                return List.of();
            }
            if (!value.isObject()) {
                throw wrong("exclude-agent-cases", "an object of lists of patterns", value);
            }
            List<Plan.AgentExclusion> all = new ArrayList<>();
            for (Map.Entry<String, JsonNode> agent : value.properties()) {
                String where = "exclude-agent-cases." + agent.getKey();
                all.add(new Plan.AgentExclusion(agent.getKey(), patterns(where, agent.getValue())));
            }
            return all;
        }

        private List<String> patterns(String where, JsonNode value) throws SpecException {
            List<String> patterns = texts(where, value);
            for (String pattern : patterns) {
                try {
                    Patterns.check(pattern);
                } catch (SpecException wrong) {
                    throw new SpecException(file + ": " + where + ": " + wrong.getMessage());
                }
            }
            return patterns;
        }

        private List<String> unused() throws SpecException {
            List<String> unused = new ArrayList<>();
            JsonNode options = json.path("options");
            if (!options.isMissingNode() && !options.isObject()) {
                throw wrong("options", "an object", options);
            }
            options.fieldNames().forEachRemaining(name -> unused.add("options." + name));
            for (String name : List.of("key", "cert")) {
                if (text(name).filter(value -> !value.isEmpty()).isPresent()) {
                    unused.add(name);
                }
            }
            if (json.has("webport")) {
                unused.add("webport");
            }
            json.fieldNames().forEachRemaining(name -> {
                if (!KEYS.contains(name)) {
                    unused.add("\"" + Excerpt.withEllipsis(name, 60) + "\", which is no key of such a file");
                }
            });
            return unused;
        }

        private Optional<String> text(String name) throws SpecException {
            JsonNode value = json.path(name);
            if (value.isMissingNode() || value.isNull()) {
                return Optional.empty();
            }
            if (!value.isTextual()) {
                throw wrong(name, "a string", value);
            }
            return Optional.of(value.asText());
        }

        private List<String> texts(String name, JsonNode value) throws SpecException {
            List<String> texts = new ArrayList<>();
            if (!value.isMissingNode() && !value.isArray()) {
                throw wrong(name, "a list of strings", value);
            }
            for (JsonNode item : value) {
                if (!item.isTextual()) {
                    throw wrong(name, "a list of strings", value);
                }
                texts.add(item.asText());
            }
            return texts;
        }

        private SpecException wrong(String name, String expected, JsonNode value) {
            return new SpecException(file + ": " + name + ": expected " + expected + ", found " + excerpt(value));
        }

        private static String excerpt(JsonNode value) {
            return Excerpt.withEllipsis(value.toString(), 60);
        }
    }
}
