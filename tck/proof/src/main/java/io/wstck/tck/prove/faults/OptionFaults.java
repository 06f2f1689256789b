package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.wire;

import io.wstck.tck.prove.Fault;
import java.util.List;
import java.util.Optional;

/** Faults of the connection options: headers and subprotocols. Stateless. */
final class OptionFaults {
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";

    private OptionFaults() {}

    static List<Fault> all() {
        return List.of(
                lua(
                        "headers.dropped",
                        breaks("options.headers.sent", "examples.chat"),
                        "the headers of the table are not sent",
                        connecting("options.headers = nil")),
                lua(
                                "headers.value-squeezed",
                                breaks("options.headers.sent"),
                                "runs of spaces inside a header's value become one space",
                                connecting("""
                                local headers = {}
                                for name, value in pairs(options.headers or {}) do
                                  headers[name] = value:gsub("%s+", " ")
                                end
                                options.headers = headers
                                """))
                        .exclusive(),
                lua(
                        "headers.kept-for-next",
                        breaks("options.headers.sent"),
                        "the headers of one connection are sent on the following ones too",
                        connecting("kit.headers = options.headers or kit.headers options.headers = kit.headers")),
                lua(
                        "headers.case-lost",
                        breaks("options.headers.case"),
                        "only one of the headers whose names differ in case is sent",
                        connecting("""
                                local headers, seen = {}, {}
                                for name, value in pairs(options.headers or {}) do
                                  headers[name] = not seen[name:lower()] and value or nil
                                  seen[name:lower()] = true
                                end
                                options.headers = headers
                                """)),
                lua(
                        "protocols.reversed",
                        breaks("options.protocols.offered"),
                        "subprotocols are offered in reverse",
                        connecting("""
                                local reversed = {}
                                for _, name in ipairs(options.protocols or {}) do table.insert(reversed, 1, name) end
                                options.protocols = options.protocols and reversed
                                """)),
                lua(
                        "protocols.only-first",
                        breaks("options.protocols.offered", "options.protocols.selected"),
                        "only the first subprotocol of the table is offered",
                        connecting("options.protocols = options.protocols and { options.protocols[1] }")),
                wire(
                                "protocols.only-first-accepted",
                                breaks("options.protocols.selected"),
                                "a server that selects a subprotocol other than the first is refused",
                                HandshakeTamperings.response((request, response) -> {
                                    Optional<String> selected = response.value(PROTOCOL);
                                    String offered = request.value(PROTOCOL).orElse("");
                                    return selected.isPresent() && !offered.startsWith(selected.get())
                                            ? response.with(PROTOCOL, "not-offered")
                                            : response;
                                }))
                        .exclusive(),
                wire(
                        "protocols.selection-required",
                        breaks("options.protocols.none-selected"),
                        "a server that selects no subprotocol is refused",
                        HandshakeTamperings.response(
                                (request, response) -> request.value(PROTOCOL).isPresent()
                                                && response.value(PROTOCOL).isEmpty()
                                        ? response.withAdded(PROTOCOL, "not-offered")
                                        : response)),
                wire(
                        "protocols.unoffered-accepted",
                        breaks("options.protocols.unoffered", "connect.verifies-response"),
                        "a server that selects a subprotocol that was not offered is accepted",
                        HandshakeTamperings.response(head -> head.without(PROTOCOL))));
    }
}
