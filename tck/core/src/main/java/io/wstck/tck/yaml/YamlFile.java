package io.wstck.tck.yaml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a YAML file as nodes, and names its places in messages. Nodes know their lines, which values do not.
 *
 * @param name name of the file in messages
 */
public record YamlFile(String name) {
    /**
     * Reads a file in UTF-8, at most 3 MB. Empty if it has no node.
     *
     * @param expected what the file should contain, as a noun phrase
     * @throws YamlFileException if the file is missing, unreadable or not valid YAML
     */
    public Optional<Node> read(Path file, String expected) throws YamlFileException {
        try {
            // Decoded first, because the YAML reader would report invalid UTF-8 as its own failure.
            return Optional.ofNullable(new Yaml(new SafeConstructor(new LoaderOptions()))
                    .compose(new StringReader(Files.readString(file))));
        } catch (NoSuchFileException e) {
            throw new YamlFileException("expected " + expected + " at " + name + ", found no file", e);
        } catch (CharacterCodingException e) {
            throw new YamlFileException(name + ": expected UTF-8, found bytes that are not", e);
        } catch (IOException e) {
            throw new YamlFileException("cannot read " + name + ": " + e.getMessage(), e);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new YamlFileException(name + ":" + line + ": expected YAML, " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new YamlFileException(name + ": expected YAML, " + e.getMessage(), e);
        }
    }

    /** Returns the place of a node: the file and the line, from 1. */
    public String at(Node node) {
        return name + ":" + (node.getStartMark().getLine() + 1);
    }

    /** Returns the text of a scalar. Numbers and booleans are taken as written; null is not a text. */
    public static Optional<String> string(Node node) {
        return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }

    /**
     * Returns what a node is, for a message.
     *
     * @param quoted quotes the text of a scalar
     */
    public static String kind(Node node, UnaryOperator<String> quoted) {
        return switch (node) {
            case SequenceNode _ -> "a list";
            case MappingNode _ -> "a mapping";
            case ScalarNode scalar when scalar.getValue().isBlank() -> "nothing";
            case ScalarNode scalar -> quoted.apply(scalar.getValue());
            default -> "something else";
        };
    }
}
