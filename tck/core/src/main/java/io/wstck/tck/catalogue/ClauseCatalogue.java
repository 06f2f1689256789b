package io.wstck.tck.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads all clauses from {@code clauses.yaml}, and finds a clause by its id. Immutable. */
public final class ClauseCatalogue {
    private static final String RESOURCE = "/io/wstck/fixtures/clauses.yaml";

    private final Map<String, Clause> clauses;

    private ClauseCatalogue(Map<String, Clause> clauses) {
        this.clauses = Collections.unmodifiableMap(clauses);
    }

    /** Loads the clauses that the kit ships. */
    public static ClauseCatalogue load() {
        try (InputStream in = ClauseCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "expected the clauses at " + RESOURCE + " on the class path, found nothing");
            }
            return parse(new YAMLMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE + ": " + e.getMessage(), e);
        }
    }

    private static ClauseCatalogue parse(JsonNode root) {
        Map<String, Clause> clauses = new LinkedHashMap<>();
        for (JsonNode section : root.required("sections")) {
            String title = section.required("title").asText();
            for (JsonNode node : section.required("clauses")) {
                Clause clause = clause(node, title);
                if (clauses.put(clause.id(), clause) != null) {
                    throw new IllegalStateException(RESOURCE + ": clause " + clause.id() + " is defined twice");
                }
            }
        }
        clauses.values().forEach(clause -> {
            requireWebClause(clause, clauses);
            requireCauseClause(clause, clauses);
        });
        return new ClauseCatalogue(clauses);
    }

    private static void requireWebClause(Clause clause, Map<String, Clause> clauses) {
        clause.web().ifPresent(id -> {
            if (!clauses.containsKey(id) || !clauses.get(id).isWebOnly()) {
                throw new IllegalStateException(RESOURCE + ": clause " + clause.id()
                        + ": web: expected a clause of profile web, got \"" + id + "\"");
            }
        });
    }

    private static void requireCauseClause(Clause clause, Map<String, Clause> clauses) {
        clause.cause().filter(id -> !clauses.containsKey(id)).ifPresent(id -> {
            throw new IllegalStateException(
                    RESOURCE + ": clause " + clause.id() + ": cause: expected a clause, got \"" + id + "\"");
        });
    }

    private static Clause clause(JsonNode node, String section) {
        List<Level> also = new ArrayList<>();
        node.path("also").forEach(word -> also.add(Level.of(word.asText())));
        List<Basis> basis = new ArrayList<>();
        node.path("basis").forEach(entry -> basis.add(basis(entry)));
        List<AcceptedOutcome> accepts = new ArrayList<>();
        for (JsonNode accepted : node.path("accepts")) {
            accepts.add(new AcceptedOutcome(
                    accepted.required("id").asText(),
                    accepted.required("outcome").asText(),
                    accepted.path("reason").asText("")));
        }
        return new Clause(
                node.required("id").asText(),
                section,
                node.required("statement").asText(),
                Level.of(node.required("level").asText()),
                also,
                node.path("source").asText(""),
                basis,
                text(node, "inferred"),
                accepts,
                text(node, "untestable"),
                text(node, "unprovable"),
                text(node, "profile").map(Profile::of),
                text(node, "breach"),
                text(node, "cause"),
                text(node, "web"));
    }

    private static Basis basis(JsonNode node) {
        String section = node.required("section").asText();
        String quote = node.required("quote").asText();
        String kind = node.required("kind").asText();
        return switch (kind) {
            case Basis.ClientMust.WORD -> new Basis.ClientMust(section, quote);
            case Basis.Grammar.WORD -> new Basis.Grammar(section, quote);
            case Basis.Whatwg.WORD -> new Basis.Whatwg(section, quote);
            case Basis.MeaninglessBytes.WORD ->
                new Basis.MeaninglessBytes(
                        Basis.Breach.of(node.required("breach").asText()), section, quote);
            default ->
                throw new IllegalArgumentException(
                        "expected a kind of basis (client-must, grammar, meaningless, whatwg), got \"" + kind + "\"");
        };
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }

    public Optional<Clause> clause(String id) {
        return Optional.ofNullable(clauses.get(id));
    }

    public Collection<Clause> clauses() {
        return clauses.values();
    }
}
