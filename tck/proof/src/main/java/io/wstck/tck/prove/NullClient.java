package io.wstck.tck.prove;

import java.util.List;

/**
 * A client that does almost nothing and reports success. A case with a server proves nothing if this client passes it.
 *
 * @param statement the behaviour of the client, as a sentence
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

    private static final String MIRROR = """
            function client:send(data, type)
              if self.closed then return nil, failure(false) end
              self.mirror:send { type = type == 2 and "binary" or "text", data = data }
              return true
            end
            function client:ping() if self.closed then return nil, failure(false) end return true end
            function client:close()
              if not self.closed then self.closed = true self.mirror:close() end
              return true
            end
            function client:channel() return self.mirror end
            function client:receive() return self.mirror:receive() end
            function failure(retryable)
              return errors.new { kind = errors.INTERNAL, message = "not connected", retryable = retryable }
            end
            function module.connect(url)
              if type(url) ~= "string" or not url:find("^wss?://[^/]") then return nil, failure(true) end
              local made = kit.client()
              made.mirror = channel.new(1000)
              return made
            end
            """;

    /** All null clients. */
    public static List<NullClient> all() {
        return List.of(
                new NullClient(
                        "null.drops-tcp",
                        "makes the opening handshake, drops TCP at once, and then reports success for every call",
                        new Mechanism.LuaWrapper(
                                PRETENCE + "function module.connect(url) return connect(url, kit.handshake) end")),
                new NullClient(
                        "null.never-sends",
                        "opens TCP, never sends a byte, and reports success for every call",
                        new Mechanism.LuaWrapper(
                                PRETENCE + "function module.connect(url) return connect(url, kit.hold) end")),
                new NullClient(
                        "null.mirror",
                        "never opens a connection, and delivers the sent messages to the script itself",
                        new Mechanism.LuaWrapper(MIRROR)));
    }
}
