package io.wstck.client.protocol;

import java.util.List;
import java.util.Optional;

/**
 * An extension in the answer of a server (RFC 6455 §9.1).
 *
 * @param name a token
 * @param parameters in the order received
 */
record Extension(String name, List<Parameter> parameters) {
    /**
     * A parameter of an extension.
     *
     * @param name a token
     * @param value a token, without quotes
     */
    record Parameter(String name, Optional<String> value) {
        @Override
        public String toString() {
            return value.map(text -> name + "=" + text).orElse(name);
        }
    }
}
