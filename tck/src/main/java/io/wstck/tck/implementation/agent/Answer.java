package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** A valid answer of an agent. */
sealed interface Answer {

    /** The results, as the protocol demands them of the operation. */
    record Results(ArrayNode values) implements Answer {
        JsonNode first() {
            return values.path(0);
        }
    }

    /** The client has not got it. */
    record Unsupported(String what) implements Answer {}

    /** The agent could not do it. */
    record Trouble(String what) implements Answer {}
}
