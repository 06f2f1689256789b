package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Head;
import java.util.Optional;

/** An option that the relay heeds in the client's place: a header of the request carries it there, and goes no further. Stateless. */
final class MovedOption {
    private static final String HEADER = "X-Moved-Option";

    private MovedOption() {}

    /** The body of a fault whose client does not have the option, a duration. */
    static String duration(String name) {
        return moved(name, "time.parse_duration(options[name])");
    }

    /** The body of a fault whose client does not have the option, a number. */
    static String number(String name) {
        return moved(name, "options[name]");
    }

    private static String moved(String name, String value) {
        return Faults.connecting(
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

    /** The value that a request carries. */
    static Optional<Double> value(Head request) {
        return request.value(HEADER).map(Double::valueOf);
    }

    /** The request as the client means it. */
    static Head without(Head request) {
        return request.without(HEADER);
    }
}
