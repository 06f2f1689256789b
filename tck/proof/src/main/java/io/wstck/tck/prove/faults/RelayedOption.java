package io.wstck.tck.prove.faults;

import io.wstck.tck.prove.relay.HttpHead;
import java.util.Optional;

/**
 * Moves an option from the client to the relay. A request header carries the value to the relay, which removes the
 * header. Stateless.
 */
final class RelayedOption {
    private static final String HEADER = "X-Moved-Option";

    private RelayedOption() {}

    /** A fault script that moves a duration option to the relay. */
    static String duration(String name) {
        return moved(name, "time.parse_duration(options[name])");
    }

    /** A fault script that moves a number option to the relay. */
    static String number(String name) {
        return moved(name, "options[name]");
    }

    private static String moved(String name, String value) {
        return FaultFactory.connecting(
                """
                local name = "NAME"
                if options[name] ~= nil then
                  local headers = {}
                  for header, text in pairs(options.headers or {}) do headers[header] = text end
                  headers["HEADER"] = tostring(VALUE)
                  options.headers, options[name] = headers, nil
                end
                """.replace("NAME", name).replace("HEADER", HEADER).replace("VALUE", value));
    }

    /** The value of the option in a request. */
    static Optional<Double> value(HttpHead request) {
        return request.value(HEADER).map(Double::valueOf);
    }

    /** The request without the header of the option. */
    static HttpHead without(HttpHead request) {
        return request.without(HEADER);
    }
}
