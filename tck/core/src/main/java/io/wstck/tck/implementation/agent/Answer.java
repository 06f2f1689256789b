package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** A valid answer from an agent. */
sealed interface Answer {

    /** The results of the operation, valid against the schema. */
    record Results(ArrayNode values) implements Answer {
        JsonNode first() {
            return values.path(0);
        }
    }

    /** The client lacks the ability that the request needs. */
    record Unsupported(String what) implements Answer {}

    /** The agent could not perform the operation. */
    record Trouble(String what) implements Answer {}
}
