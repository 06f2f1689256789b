package io.wstck.tck.implementation.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.lua.LuaDuration;
import io.wstck.lua.json.LuaJson;
import io.wstck.tck.catalogue.ConnectOption;
import io.wstck.tck.implementation.ClientBehaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The options of a connect as data. Some cases pass invalid values on purpose.
 *
 * @param json an object; shared, must not change
 */
public record CallOptions(ObjectNode json) {

    /** No options. */
    public static CallOptions none() {
        return new CallOptions(JsonNodeFactory.instance.objectNode());
    }

    /**
     * The options that a client of this behaviour gets. Options that the client does not let a program set are left
     * out.
     *
     * @throws NotJudgedException if the client cannot behave as the script asks
     */
    CallOptions settable(ClientBehaviour behaviour) {
        if (behaviour.equals(ClientBehaviour.BY_OPTION)) {
            return this;
        }
        ObjectNode settable = json.deepCopy();
        for (ConnectOption option : ConnectOption.values()) {
            JsonNode value = json.path(option.word());
            if (value.isMissingNode()) {
                continue;
            }
            behaviour.refusalReason(option, value).ifPresent(why -> {
                throw NotJudgedException.unsupported(why);
            });
            if (behaviour.isDecidedByClient(option)) {
                settable.remove(option.word());
            }
        }
        return new CallOptions(settable);
    }

    /** The names of the options that are present. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The option {@code headers}, sorted by name. */
    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        json.path("headers")
                .properties()
                .forEach(field -> headers.put(field.getKey(), field.getValue().asText()));
        return headers;
    }

    /** The option {@code protocols}, in order. */
    public List<String> protocols() {
        List<String> protocols = new ArrayList<>();
        json.path("protocols").forEach(protocol -> protocols.add(protocol.asText()));
        return protocols;
    }

    /**
     * The value of an option that is a duration; empty if the option is absent.
     *
     * @throws IllegalArgumentException if the value is not a duration
     */
    public Optional<Duration> duration(String name) {
        JsonNode value = json.path(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(LuaDuration.parse(LuaJson.toLua(value)));
    }

    /**
     * The value of an option that is an integer; empty if the option is absent.
     *
     * @throws IllegalArgumentException if the value is not an integer
     */
    public OptionalLong integer(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber()) {
            throw new IllegalArgumentException(name + ": expected an integer, got " + value);
        }
        return OptionalLong.of(value.longValue());
    }
}
