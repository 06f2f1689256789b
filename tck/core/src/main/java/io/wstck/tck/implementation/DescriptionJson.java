package io.wstck.tck.implementation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.ConnectOption;
import io.wstck.tck.implementation.ClientBehaviour.CompressionOffer;
import io.wstck.tck.implementation.ClientBehaviour.MessageCompression;
import java.util.EnumSet;
import java.util.Set;

/** Reads and writes a description as JSON: the result of {@code hello} in the agent protocol. Stateless. */
public final class DescriptionJson {
    private static final String COMPRESSES = "compresses";
    private static final String OFFERS_DEFLATE = "offers_deflate";
    private static final String NOT_SETTABLE = "options_not_settable";

    private DescriptionJson() {}

    /**
     * Reads a result that is valid against the schema.
     *
     * @throws IllegalArgumentException if the description contradicts itself
     */
    public static Description read(JsonNode hello) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        hello.path("capabilities").forEach(word -> capabilities.add(Capability.of(word.asText())));
        JsonNode behaviour = hello.path("behaviour");
        for (String field : new String[] {COMPRESSES, OFFERS_DEFLATE}) {
            if (behaviour.has(field) && !capabilities.contains(Capability.COMPRESSION)) {
                throw new IllegalArgumentException(ClientBehaviour.needsCompression(
                        field, behaviour.path(field).asText()));
            }
        }
        return new Description(
                hello.path("name").asText(),
                hello.path("version").asText(),
                hello.path("language").asText(),
                capabilities,
                behaviour(behaviour));
    }

    private static ClientBehaviour behaviour(JsonNode behaviour) {
        Set<ConnectOption> notSettable = EnumSet.noneOf(ConnectOption.class);
        behaviour.path(NOT_SETTABLE).forEach(word -> notSettable.add(ConnectOption.of(word.asText())));
        return new ClientBehaviour(
                behaviour.has(COMPRESSES)
                        ? MessageCompression.of(behaviour.path(COMPRESSES).asText())
                        : MessageCompression.BY_OPTION,
                behaviour.has(OFFERS_DEFLATE)
                        ? CompressionOffer.of(behaviour.path(OFFERS_DEFLATE).asText())
                        : CompressionOffer.BY_OPTION,
                notSettable);
    }

    /**
     * Writes a description into a result. The default behaviour is left out, because old agents do not know the field.
     */
    public static void write(Description description, ObjectNode hello) {
        hello.put("name", description.name())
                .put("version", description.version())
                .put("language", description.language());
        description.capabilities().stream().map(Capability::word).sorted().forEach(hello.putArray("capabilities")::add);
        ClientBehaviour behaviour = description.behaviour();
        if (behaviour.equals(ClientBehaviour.BY_OPTION)) {
            return;
        }
        ObjectNode json = hello.putObject("behaviour");
        if (description.capabilities().contains(Capability.COMPRESSION)) {
            json.put(COMPRESSES, behaviour.compresses().word())
                    .put(OFFERS_DEFLATE, behaviour.offersDeflate().word());
        }
        behaviour.notSettable().stream().map(ConnectOption::word).sorted().forEach(json.putArray(NOT_SETTABLE)::add);
    }
}
