package io.wstck.tck.known;

import io.wstck.tck.catalogue.Profile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the YAML file of known deviations, whose form is that of {@code docs/known.md}. It is read as nodes rather than as values, since
 * they know their lines. For one file.
 */
public final class KnownFile {
    private static final Set<String> FIELDS = Set.of("pattern", "reason", "link", "signature", "passes", "warned");
    private static final String PROFILE = "profile";
    private static final String STRINGS = "a string or a list of strings, not empty";

    private final String name;

    private KnownFile(String name) {
        this.name = name;
    }

    /**
     * Reads a file, UTF-8, at most 3 MB. One without an entry is an empty list.
     *
     * @param name of the file, as messages are to call it
     * @throws KnownFileException if it is missing, unreadable, no YAML or of another form
     */
    public static KnownDeviations read(Path file, String name) throws KnownFileException {
        try {
            // Decoded here: a reader of YAML would take bytes that are no UTF-8 for its own failure.
            Node root = new Yaml(new SafeConstructor(new LoaderOptions()))
                    .compose(new StringReader(Files.readString(file)));
            return root == null ? KnownDeviations.NONE : new KnownFile(name).list(root);
        } catch (NoSuchFileException e) {
            throw new KnownFileException("expected a list of known deviations at " + name + ", found no file", e);
        } catch (CharacterCodingException e) {
            throw new KnownFileException(name + ": expected UTF-8, found bytes that are not", e);
        } catch (IOException e) {
            throw new KnownFileException("cannot read " + name + ": " + e.getMessage(), e);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new KnownFileException(name + ":" + line + ": expected YAML, " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new KnownFileException(name + ": expected YAML, " + e.getMessage(), e);
        }
    }

    private KnownDeviations list(Node root) throws KnownFileException {
        if (!(root instanceof SequenceNode list)) {
            throw wrong(root, "expected a list of known deviations, each with pattern, reason and signature");
        }
        List<Node> items = list.getValue();
        Optional<KnownDeviations.Drafted> drafted = items.isEmpty() ? Optional.empty() : drafted(items.getFirst());
        return new KnownDeviations(
                drafted.stream().toList(), entries(drafted.isPresent() ? items.subList(1, items.size()) : items));
    }

    /** The first item, where it names the profile of the list. */
    private Optional<KnownDeviations.Drafted> drafted(Node first) throws KnownFileException {
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
            return Optional.of(new KnownDeviations.Drafted(
                    Profile.of(string(word.get()).map(String::strip).orElse("")), at(word.get())));
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
                    reason(entry),
                    link(entry),
                    words(entry, "signature"),
                    passes(entry),
                    finding(entry),
                    at(entry)));
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
                        "expected the fields pattern, reason, link, signature, passes and warned, found "
                                + (key.isEmpty() ? kind(field.getKeyNode()) : KnownFileException.quoted(key)));
            }
            if (!seen.add(key)) {
                throw wrong(field.getKeyNode(), key + ": expected it once, found it twice");
            }
        }
    }

    private String reason(MappingNode entry) throws KnownFileException {
        Node node = field(entry, "reason").orElseThrow(() -> missing(entry, "reason", "a sentence"));
        return string(node)
                .filter(reason -> !reason.isBlank())
                .map(String::strip)
                .orElseThrow(() -> wrong(node, "reason: expected a sentence, found " + kind(node)));
    }

    private KnownDeviation.Passing passes(MappingNode entry) throws KnownFileException {
        Optional<Node> node = field(entry, "passes");
        if (node.isEmpty()) {
            return KnownDeviation.Passing.NEVER;
        }
        if (!string(node.get()).equals(Optional.of("sometimes"))) {
            throw wrong(node.get(), "passes: expected \"sometimes\", or no such field, found " + kind(node.get()));
        }
        return KnownDeviation.Passing.SOMETIMES;
    }

    private KnownDeviation.Finding finding(MappingNode entry) throws KnownFileException {
        Optional<Node> node = field(entry, "warned");
        if (node.isEmpty()) {
            return KnownDeviation.Finding.FAILURE;
        }
        if (!string(node.get()).equals(Optional.of("true"))) {
            throw wrong(node.get(), "warned: expected true, or no such field, found " + kind(node.get()));
        }
        return KnownDeviation.Finding.WARNING;
    }

    private Optional<String> link(MappingNode entry) throws KnownFileException {
        Optional<Node> node = field(entry, "link");
        Optional<String> link = node.flatMap(KnownFile::string).map(String::strip);
        boolean none = node.isEmpty() || node.get().getTag().equals(Tag.NULL) || link.equals(Optional.of(""));
        if (none) {
            return Optional.empty();
        }
        if (link.filter(address -> address.matches("https?://\\S+")).isEmpty()) {
            throw wrong(node.get(), "link: expected an http or https address, found " + kind(node.get()));
        }
        return link;
    }

    private List<KnownDeviation.Word> words(MappingNode entry, String name) throws KnownFileException {
        Node node = field(entry, name).orElseThrow(() -> missing(entry, name, STRINGS));
        List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        if (items.isEmpty()) {
            throw wrong(node, name + ": expected " + STRINGS + ", found an empty list");
        }
        List<KnownDeviation.Word> words = new ArrayList<>();
        for (Node item : items) {
            String text = string(item)
                    .filter(word -> !word.isBlank())
                    .orElseThrow(() -> wrong(item, name + ": expected " + STRINGS + ", found " + kind(item)));
            words.add(new KnownDeviation.Word(text.strip(), at(item)));
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

    /** Numbers and the like are taken as they are written; only what is no scalar, or none at all, is not. */
    private static Optional<String> string(Node node) {
        return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }

    private static String kind(Node node) {
        return switch (node) {
            case SequenceNode _ -> "a list";
            case MappingNode _ -> "a mapping";
            case ScalarNode scalar when scalar.getValue().isBlank() -> "nothing";
            case ScalarNode scalar -> KnownFileException.quoted(scalar.getValue());
            default -> "something else";
        };
    }

    private KnownFileException missing(MappingNode entry, String field, String expected) {
        return wrong(entry, field + ": expected " + expected + ", found none");
    }

    private KnownFileException wrong(Node node, String sentence) {
        return new KnownFileException(at(node) + ": " + sentence);
    }

    private String at(Node node) {
        return name + ":" + (node.getStartMark().getLine() + 1);
    }
}
