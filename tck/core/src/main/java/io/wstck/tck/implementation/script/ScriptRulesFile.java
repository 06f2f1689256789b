package io.wstck.tck.implementation.script;

import io.wstck.server.text.FormatWord;
import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.yaml.YamlFile;
import io.wstck.tck.yaml.YamlFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a YAML list of rules, each a mapping of {@code effect} ({@code allow} or {@code deny}), {@code action} and, for
 * one URL, {@code resource}. It reads nodes rather than values, because nodes know their lines. For one file.
 */
public final class ScriptRulesFile {
    private static final String EFFECT = "effect";
    private static final String ACTION = "action";
    private static final String RESOURCE = "resource";
    private static final List<String> FIELDS = List.of(EFFECT, ACTION, RESOURCE);

    private final YamlFile yaml;

    private ScriptRulesFile(YamlFile yaml) {
        this.yaml = yaml;
    }

    /**
     * Reads a file in UTF-8, at most 3 MB. A file without rules is an empty list.
     *
     * @param name name of the file in messages
     * @throws IllegalArgumentException if the file is missing, unreadable or invalid, with a sentence that names the
     * file and the line
     */
    public static List<PolicyRule> read(Path file, String name) {
        YamlFile yaml = new YamlFile(name);
        try {
            Optional<Node> root = yaml.read(file, "a list of rules");
            return root.isEmpty() ? List.of() : new ScriptRulesFile(yaml).rules(root.get());
        } catch (YamlFileException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private List<PolicyRule> rules(Node root) {
        if (!(root instanceof SequenceNode list)) {
            throw wrong(root, "expected a list of rules, each with effect, action and resource, found " + kind(root));
        }
        List<PolicyRule> rules = new ArrayList<>();
        for (Node item : list.getValue()) {
            if (!(item instanceof MappingNode mapping)) {
                throw wrong(item, "expected a rule with effect, action and resource, found " + kind(item));
            }
            rules.add(rule(mapping, fields(mapping)));
        }
        return rules;
    }

    private Map<String, String> fields(MappingNode mapping) {
        Map<String, String> fields = new HashMap<>();
        for (NodeTuple field : mapping.getValue()) {
            String key = YamlFile.string(field.getKeyNode()).orElse("");
            if (!FIELDS.contains(key)) {
                throw wrong(
                        field.getKeyNode(),
                        "expected the fields effect, action and resource, found " + kind(field.getKeyNode()));
            }
            String value = YamlFile.string(field.getValueNode())
                    .orElseThrow(() -> wrong(
                            field.getValueNode(), key + ": expected a string, found " + kind(field.getValueNode())));
            if (fields.put(key, value) != null) {
                throw wrong(field.getKeyNode(), key + ": expected it once, found it twice");
            }
        }
        return fields;
    }

    private PolicyRule rule(MappingNode node, Map<String, String> fields) {
        PolicyRule.Effect effect = FormatWord.find(PolicyRule.Effect.class, fields.getOrDefault(EFFECT, ""))
                .orElseThrow(() -> wrong(node, "effect: expected allow or deny, found " + found(fields, EFFECT)));
        try {
            return ScriptRules.rule(effect, fields.getOrDefault(ACTION, ""), Optional.ofNullable(fields.get(RESOURCE)));
        } catch (IllegalArgumentException e) {
            throw wrong(node, e.getMessage());
        }
    }

    private static String found(Map<String, String> fields, String field) {
        return fields.containsKey(field) ? ScriptRules.quoted(fields.get(field)) : "none";
    }

    private static String kind(Node node) {
        return YamlFile.kind(node, ScriptRules::quoted);
    }

    private IllegalArgumentException wrong(Node node, String sentence) {
        return new IllegalArgumentException(yaml.at(node) + ": " + sentence);
    }
}
