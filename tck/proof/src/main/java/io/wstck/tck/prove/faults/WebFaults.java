package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.Mechanism;
import java.util.List;
import java.util.stream.Stream;

/** Faults of a client that follows every rule of the WHATWG standard ({@link WebRules}) except one. Stateless. */
final class WebFaults {
    private WebFaults() {}

    static List<Fault> all() {
        return Stream.concat(WebRules.faults().stream(), broken().stream()).toList();
    }

    /** Faults that break behaviour which the bundled client has without any rule. */
    private static List<Fault> broken() {
        return List.of(
                lua(
                        "web.fragment-cut-off",
                        "web.url-refused",
                        "the fragment of a URL is dropped",
                        connecting("url = url:gsub(\"#.*$\", \"\")")),
                lua(
                        "web.subprotocol-offered-once",
                        "web.subprotocol-names",
                        "a subprotocol that is given twice is offered once",
                        connecting("""
                                local names, seen = {}, {}
                                for _, name in ipairs(options.protocols or {}) do
                                  if not seen[name] then names[#names + 1] = name end
                                  seen[name] = true
                                end
                                options.protocols = names
                                """)),
                lua(
                        "web.subprotocols-sorted",
                        "web.subprotocol-selected",
                        "subprotocols are offered in alphabetical order",
                        connecting("""
                                local names = {}
                                for index, name in ipairs(options.protocols or {}) do names[index] = name end
                                table.sort(names)
                                options.protocols = names
                                """)),
                with(
                        "web.status-unchecked",
                        "web.not-101",
                        "a response with any status is treated as a 101",
                        new Mechanism.WireTampering(HandshakeFaults.StatusUnchecked::new)),
                lua("web.text-as-binary", "web.send", "text is sent as a binary message", """
                                local send = client.send
                                function client:send(data) return send(self, data, module.BINARY) end
                                """),
                lua("web.close-without-reason", "web.close-code", "the reason of a close is dropped", """
                                local close = client.close
                                function client:close(code) return close(self, code) end
                                """),
                lua("web.close-reason-cut", "web.close-reason-refused", "a reason above 123 bytes is cut", """
                                local close = client.close
                                function client:close(code, reason) return close(self, code, reason and reason:sub(1, 123)) end
                                """),
                lua("web.close-twice-fails", "web.close-again", "a second close() is an error", """
                                local close = client.close
                                function client:close(...)
                                  if self.closed then
                                    return false, errors.new { kind = errors.INTERNAL, message = "closed", retryable = false }
                                  end
                                  self.closed = true
                                  return close(self, ...)
                                end
                                """),
                lua(
                        "web.late-message-delivered",
                        "web.close-drops-messages",
                        "a message that arrives after close() is delivered",
                        """
                                local close = client.close
                                function client:close(...)
                                  self.late = { type = "text", data = "late" }
                                  return close(self, ...)
                                end
                                function client:channel()
                                  return kit.tap(self.real:channel(), function(real)
                                    local late = self.late
                                    self.late = nil
                                    if late then return late, true end
                                    return real:receive()
                                  end)
                                end
                                """));
    }

    private static Fault lua(String id, String clause, String statement, String script) {
        return with(id, clause, statement, new Mechanism.LuaWrapper(script));
    }

    private static Fault with(String id, String clause, String statement, Mechanism mechanism) {
        return new Fault(
                id,
                breaks(clause),
                statement,
                Stream.concat(Stream.of(mechanism), WebRules.mechanisms().stream())
                        .toList());
    }
}
