package io.wstck.tck.prove;

import java.util.List;

/**
 * A client that does next to nothing and says that all went well. A case with a server that it passes proves nothing.
 *
 * @param statement what it does, as a sentence
 */
public record NullClient(String id, String statement, Mechanism mechanism) {
    private static final String PRETENCE = """
            local closed = channel.new(1)
            closed:close()
            function client.send() return true end
            function client.ping() return true end
            function client.close() return true end
            function client.channel() return closed end
            local function connect(url, touch)
              if type(url) == "string" and touch(url) then return kit.client() end
              return nil, errors.new { kind = errors.INTERNAL, message = "not connected", retryable = true }
            end
            """;

    /** Both null clients. */
    public static List<NullClient> all() {
        return List.of(
                new NullClient(
                        "null.drops-tcp",
                        "makes the opening handshake, drops TCP at once, and reports success ever after",
                        new Mechanism.LuaWrapper(
                                PRETENCE + "function module.connect(url) return connect(url, kit.handshake) end")),
                new NullClient(
                        "null.never-sends",
                        "opens TCP, never sends a byte, and reports success ever after",
                        new Mechanism.LuaWrapper(
                                PRETENCE + "function module.connect(url) return connect(url, kit.hold) end")));
    }
}
