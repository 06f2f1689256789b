package io.wstck.tck.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The protocol's reference in docs/adapters.md, made of the schema alone. */
final class ProtocolReference {
    private static final List<String> COMMON = List.of(
            "id",
            "bytes",
            "unsupported",
            "trouble",
            "elapsed_ms",
            "error",
            "behaviour",
            "option",
            "parallel-call",
            "rule",
            "check",
            "outcome",
            "numbers");

    private final JsonNode schema;

    private ProtocolReference(JsonNode schema) {
        this.schema = schema;
    }

    static String markdown() throws IOException {
        try (InputStream in = ProtocolReference.class.getResourceAsStream("/io/wstck/tck/agent/protocol.schema.json")) {
            return new ProtocolReference(new ObjectMapper().readTree(in)).text();
        }
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        for (JsonNode reference : schema.path("oneOf")) {
            operation(reference.path("$ref").asText().replaceAll(".*/|-request$", ""), lines);
        }
        lines.add("### Common");
        lines.add("");
        lines.add("| name | is |");
        lines.add("|---|---|");
        for (String name : COMMON) {
            lines.add("| `" + name + "` | " + cell(phrase(schema.at("/$defs/" + name))) + " |");
        }
        lines.add("| `capability` | " + cell(phrase(schema.at("/$defs/capability"))) + " |");
        return String.join("\n", lines) + "\n";
    }

    private void operation(String name, List<String> lines) {
        JsonNode request = schema.at("/$defs/" + name + "-request");
        lines.add("### `" + name + "`");
        lines.add("");
        lines.add(sentence(request.path("description").asText()));
        lines.add("");
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : request.path("properties").properties()) {
            if (!List.of("id", "op").contains(field.getKey())) {
                String optional = required(request, field.getKey()) ? "" : " (optional)";
                fields.add("| `" + field.getKey() + "`" + optional + " | " + cell(phrase(field.getValue())) + " |");
            }
        }
        if (!fields.isEmpty()) {
            lines.add("| field | is |");
            lines.add("|---|---|");
            lines.addAll(fields);
            lines.add("");
        }
        JsonNode answer = schema.at("/$defs/" + name + "-answer");
        lines.add(sentence("results: " + answer.path("description").asText()));
        JsonNode object = answer.at("/properties/results/prefixItems/0");
        if (object.path("properties").size() > 0) {
            lines.add("");
            lines.add("| of the result | is |");
            lines.add("|---|---|");
            for (Map.Entry<String, JsonNode> field : object.path("properties").properties()) {
                String optional = required(object, field.getKey()) ? "" : " (optional)";
                lines.add("| `" + field.getKey() + "`" + optional + " | " + cell(phrase(field.getValue())) + " |");
            }
        }
        lines.add("");
    }

    private static String sentence(String text) {
        String capital = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return capital.endsWith("?") ? capital : capital + ".";
    }

    private static boolean required(JsonNode object, String field) {
        return StreamSupport.stream(object.path("required").spliterator(), false)
                .anyMatch(name -> name.asText().equals(field));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private String phrase(JsonNode node) {
        if (node.has("$ref")) {
            String name = node.path("$ref").asText().replaceAll(".*/", "");
            return "`" + name + "`, see below";
        }
        String described = node.path("description").asText();
        String form = form(node);
        return described.isEmpty() ? form : form.isEmpty() ? described : form + ": " + described;
    }

    private String form(JsonNode node) {
        if (node.has("const")) {
            return "always `" + node.path("const") + "`";
        }
        if (node.has("enum")) {
            return StreamSupport.stream(node.path("enum").spliterator(), false)
                    .map(value -> "`" + (value.isTextual() ? value.asText() : value) + "`")
                    .collect(Collectors.joining(", "));
        }
        if (node.path("type").asText().equals("array")) {
            return "list of " + items(node.path("items"));
        }
        if (node.path("properties").size() > 0) {
            return "object of "
                    + node.path("properties").properties().stream()
                            .map(field -> "`" + field.getKey() + "`"
                                    + (required(node, field.getKey()) ? "" : " (optional)")
                                    + (phrase(field.getValue()).isEmpty() ? "" : " (" + phrase(field.getValue()) + ")"))
                            .collect(Collectors.joining(", "));
        }
        return switch (node.path("type").asText()) {
            case "object" -> "object";
            case "integer", "number", "boolean" -> node.path("type").asText();
            default -> "";
        };
    }

    private String items(JsonNode items) {
        return items.has("$ref") ? "`" + items.path("$ref").asText().replaceAll(".*/", "") + "`, see below" : "texts";
    }
}
