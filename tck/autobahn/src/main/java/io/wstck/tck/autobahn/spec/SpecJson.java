package io.wstck.tck.autobahn.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.text.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object of a spec file. Immutable.
 *
 * @param where the place of the object in the file, before the names of its keys: {@code servers[0].}
 */
record SpecJson(Path file, String where, JsonNode json) {
    /**
     * Reads {@code file}.
     *
     * @param name the usual name of such a file
     * @throws SpecException if the file cannot be read, or is not a JSON object
     */
    static SpecJson read(Path file, String name) throws SpecException {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        try {
            JsonNode json = mapper.readTree(Files.readAllBytes(file));
            if (!json.isObject()) {
                throw new SpecException(file + ": expected a JSON object, found " + excerpt(json));
            }
            return new SpecJson(file, "", json);
        } catch (NoSuchFileException none) {
            throw new SpecException("expected a " + name + " at " + file + ", found no file");
        } catch (JsonProcessingException noJson) {
            throw new SpecException(file + ": expected JSON, found none: " + noJson.getOriginalMessage() + " (line "
                    + noJson.getLocation().getLineNr() + ")");
        } catch (IOException unreadable) {
            throw new SpecException(
                    "expected a readable file at " + file + ", found an unreadable one: " + unreadable.getMessage());
        }
    }

    List<AutobahnPlan.AgentExclusion> exclusions() throws SpecException {
        JsonNode value = json.path("exclude-agent-cases");
        if (value.isMissingNode()) {
            return List.of();
        }
        if (!value.isObject()) {
            throw wrong("exclude-agent-cases", "an object of lists of patterns", value);
        }
        List<AutobahnPlan.AgentExclusion> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> agent : value.properties()) {
            String name = "exclude-agent-cases." + agent.getKey();
            all.add(new AutobahnPlan.AgentExclusion(agent.getKey(), patterns(name, agent.getValue())));
        }
        return all;
    }

    /** The patterns of the cases to play. */
    AutobahnPatterns patterns() throws SpecException {
        return new AutobahnPatterns(
                json.has("cases") ? patterns("cases", json.get("cases")) : AutobahnPatterns.ALL.select(),
                patterns("exclude-cases", json.path("exclude-cases")));
    }

    private List<String> patterns(String name, JsonNode value) throws SpecException {
        List<String> patterns = texts(name, value);
        for (String pattern : patterns) {
            try {
                AutobahnPatterns.check(pattern);
            } catch (SpecException wrong) {
                throw new SpecException(file + ": " + name + ": " + wrong.getMessage());
            }
        }
        return patterns;
    }

    List<String> options() throws SpecException {
        JsonNode options = json.path("options");
        if (!options.isMissingNode() && !options.isObject()) {
            throw wrong("options", "an object", options);
        }
        List<String> names = new ArrayList<>();
        options.fieldNames().forEachRemaining(name -> names.add(where + "options." + name));
        return names;
    }

    List<String> unknown(Set<String> keys) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(name -> {
            if (!keys.contains(name)) {
                names.add('"' + where + Excerpt.withEllipsis(name, 60) + "\", which is no key of such a file");
            }
        });
        return names;
    }

    Optional<String> text(String name) throws SpecException {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrong(name, "a string", value);
        }
        return Optional.of(value.asText());
    }

    List<String> texts(String name) throws SpecException {
        return texts(name, json.path(name));
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

    /** The objects in a list; empty without the list. */
    List<SpecJson> objects(String name) throws SpecException {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isArray()) {
            throw wrong(name, "a list of objects", value);
        }
        List<SpecJson> objects = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isObject()) {
                throw wrong(name, "a list of objects", value);
            }
            objects.add(new SpecJson(file, where + name + '[' + objects.size() + "].", item));
        }
        return objects;
    }

    SpecException wrong(String name, String expected) {
        return wrong(name, expected, json.path(name));
    }

    private SpecException wrong(String name, String expected, JsonNode value) {
        return new SpecException(file + ": " + where + name + ": expected " + expected + ", found " + excerpt(value));
    }

    private static String excerpt(JsonNode value) {
        return Excerpt.withEllipsis(value.toString(), 60);
    }
}
