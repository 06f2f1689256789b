package io.wstck.tck.known;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.yaml.YamlFile;
import io.wstck.tck.yaml.YamlFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the YAML file of known deviations, as described in {@code docs/known.md}. It reads nodes rather than values,
 * because nodes know their lines. For one file.
 */
public final class KnownFile {
    private static final Set<String> FIELDS =
            Set.of("pattern", "agent", "reason", "link", "signature", "passes", "warned");
    private static final String PROFILE = "profile";
    private static final String STRINGS = "a string or a list of strings, not empty";

    private final YamlFile yaml;

    private KnownFile(YamlFile yaml) {
        this.yaml = yaml;
    }

    /**
     * Reads a file in UTF-8, at most 3 MB. A file without entries is an empty list.
     *
     * @param name name of the file in messages
     * @throws KnownFileException if the file is missing, unreadable or invalid
     */
    public static KnownDeviations read(Path file, String name) throws KnownFileException {
        YamlFile yaml = new YamlFile(name);
        try {
            Optional<Node> root = yaml.read(file, "a list of known deviations");
            return root.isEmpty() ? KnownDeviations.NONE : new KnownFile(yaml).list(root.get());
        } catch (YamlFileException e) {
            throw new KnownFileException(e.getMessage(), e);
        }
    }

    private KnownDeviations list(Node root) throws KnownFileException {
        if (!(root instanceof SequenceNode list)) {
            throw wrong(root, "expected a list of known deviations, each with pattern, reason and signature");
        }
        List<Node> items = list.getValue();
        Optional<KnownDeviations.ListProfile> profile = items.isEmpty() ? Optional.empty() : profile(items.getFirst());
        return new KnownDeviations(
                profile.stream().toList(), entries(profile.isPresent() ? items.subList(1, items.size()) : items));
    }

    /** The profile, if the first item names it. */
    private Optional<KnownDeviations.ListProfile> profile(Node first) throws KnownFileException {
        if (!(first instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        Optional<Node> word = field(mapping, PROFILE);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        if (mapping.getValue().size() > 1) {
            throw wrong(first, "expected " + PROFILE + " as the only field of the first item, found others beside it");
        }
        try {
            return Optional.of(new KnownDeviations.ListProfile(
                    Profile.of(YamlFile.string(word.get()).map(String::strip).orElse("")), yaml.at(word.get())));
        } catch (IllegalArgumentException e) {
            throw wrong(word.get(), PROFILE + ": expected a profile (api, protocol, web), found " + kind(word.get()));
        }
    }

    private List<KnownDeviation> entries(List<Node> items) throws KnownFileException {
        List<KnownDeviation> entries = new ArrayList<>();
        for (Node item : items) {
            if (!(item instanceof MappingNode entry)) {
                throw wrong(item, "expected pattern, reason and signature, found " + kind(item));
            }
            requireFields(entry);
            entries.add(new KnownDeviation(
                    words(entry, "pattern"),
                    field(entry, "agent").isPresent() ? words(entry, "agent") : List.of(),
                    reason(entry),
                    link(entry),
                    words(entry, "signature"),
                    passes(entry),
                    finding(entry),
                    yaml.at(entry)));
        }
        return entries;
    }

    private void requireFields(MappingNode entry) throws KnownFileException {
        Set<String> seen = new HashSet<>();
        for (NodeTuple field : entry.getValue()) {
            String key = field.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!FIELDS.contains(key)) {
                throw wrong(
                        field.getKeyNode(),
                        "expected the fields pattern, agent, reason, link, signature, passes and warned, found "
                                + (key.isEmpty() ? kind(field.getKeyNode()) : KnownFileException.quoted(key)));
            }
            if (!seen.add(key)) {
                throw wrong(field.getKeyNode(), key + ": expected it once, found it twice");
            }
        }
    }

    private String reason(MappingNode entry) throws KnownFileException {
        Node node = field(entry, "reason").orElseThrow(() -> missing(entry, "reason", "a sentence"));
        return YamlFile.string(node)
                .filter(reason -> !reason.isBlank())
                .map(String::strip)
                .orElseThrow(() -> wrong(node, "reason: expected a sentence, found " + kind(node)));
    }

    private KnownDeviation.Passing passes(MappingNode entry) throws KnownFileException {
        Optional<Node> node = field(entry, "passes");
        if (node.isEmpty()) {
            return KnownDeviation.Passing.NEVER;
        }
        if (!YamlFile.string(node.get()).equals(Optional.of("sometimes"))) {
            throw wrong(node.get(), "passes: expected \"sometimes\", or no such field, found " + kind(node.get()));
        }
        return KnownDeviation.Passing.SOMETIMES;
    }

    private KnownDeviation.Finding finding(MappingNode entry) throws KnownFileException {
        Optional<Node> node = field(entry, "warned");
        if (node.isEmpty()) {
            return KnownDeviation.Finding.FAILURE;
        }
        if (!YamlFile.string(node.get()).equals(Optional.of("true"))) {
            throw wrong(node.get(), "warned: expected true, or no such field, found " + kind(node.get()));
        }
        return KnownDeviation.Finding.WARNING;
    }

    private Optional<String> link(MappingNode entry) throws KnownFileException {
        Optional<Node> node = field(entry, "link");
        Optional<String> link = node.flatMap(YamlFile::string).map(String::strip);
        boolean none = node.isEmpty() || node.get().getTag().equals(Tag.NULL) || link.equals(Optional.of(""));
        if (none) {
            return Optional.empty();
        }
        if (link.filter(address -> address.matches("https?://\\S+")).isEmpty()) {
            throw wrong(node.get(), "link: expected an http or https address, found " + kind(node.get()));
        }
        return link;
    }

    private List<KnownDeviation.GlobPattern> words(MappingNode entry, String name) throws KnownFileException {
        Node node = field(entry, name).orElseThrow(() -> missing(entry, name, STRINGS));
        List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        if (items.isEmpty()) {
            throw wrong(node, name + ": expected " + STRINGS + ", found an empty list");
        }
        List<KnownDeviation.GlobPattern> words = new ArrayList<>();
        for (Node item : items) {
            String text = YamlFile.string(item)
                    .filter(word -> !word.isBlank())
                    .orElseThrow(() -> wrong(item, name + ": expected " + STRINGS + ", found " + kind(item)));
            words.add(new KnownDeviation.GlobPattern(text.strip(), yaml.at(item)));
        }
        return words;
    }

    private static Optional<Node> field(MappingNode entry, String name) {
        return entry.getValue().stream()
                .filter(field -> field.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static String kind(Node node) {
        return YamlFile.kind(node, KnownFileException::quoted);
    }

    private KnownFileException missing(MappingNode entry, String field, String expected) {
        return wrong(entry, field + ": expected " + expected + ", found none");
    }

    private KnownFileException wrong(Node node, String sentence) {
        return new KnownFileException(yaml.at(node) + ": " + sentence);
    }
}
