package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;
import static io.wstck.tck.prove.faults.FaultFactory.lua;

import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.Mechanism;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Faults that were written to be noticed only by the cases of one clause of the documentation. The other files have
 * such faults too, among faults that many cases notice. Stateless.
 */
final class ExclusiveFaults {
    private ExclusiveFaults() {}

    static List<Fault> all() {
        return Stream.of(module(), errors(), handshake(), sending(), receiving(), selecting(), closing(), permissions())
                .flatMap(List::stream)
                .map(Fault::exclusive)
                .toList();
    }

    private static List<Fault> module() {
        return List.of(
                lua("module.new-each-time", breaks("module.load"), "each require creates a new module", """
                        local required = require
                        function require(name)
                          if name ~= "websocket" then return required(name) end
                          local copy = {}
                          for key, value in pairs(module) do copy[key] = value end
                          return copy
                        end
                        """),
                lua(
                        "module.json-lists-cut",
                        breaks("module.companions"),
                        "json.decode drops the last element of a list",
                        """
                        local inner = json
                        local function cut(value)
                          if type(value) ~= "table" then return value end
                          for key, item in pairs(value) do value[key] = cut(item) end
                          value[#value] = nil
                          return value
                        end
                        json = setmetatable({ decode = function(text) return cut(inner.decode(text)) end }, { __index = inner })
                        """),
                lua(
                        "constants.text-missing",
                        breaks("constants.message-types"),
                        "websocket.TEXT is missing",
                        "module.TEXT = nil"),
                lua(
                        "constants.disabled-missing",
                        breaks("constants.compression"),
                        "COMPRESSION.DISABLED is missing",
                        """
                        local modes = {}
                        for name, mode in pairs(module.COMPRESSION) do modes[name] = mode ~= 0 and mode or nil end
                        module.COMPRESSION = modes
                        """));
    }

    private static List<Fault> errors() {
        return List.of(lua("errors.without-kind", breaks("errors.methods"), "err:kind() returns nothing", """
                local real, inner = {}, errors
                errors = setmetatable({ is = function(err, kind) return inner.is(real[err] or err, kind) end }, { __index = inner })
                kit.failures(function(err)
                  local masked = { kind = function() end }
                  function masked.message() return err:message() end
                  function masked.retryable() return err:retryable() end
                  real[masked] = err
                  return masked
                end)
                """));
    }

    private static List<Fault> handshake() {
        return List.of(
                lua(
                        "connect.other-request-without-options",
                        breaks("connect.options-optional"),
                        "a connect with only a URL sends an additional header",
                        """
                        local connect = module.connect
                        function module.connect(...)
                          if select("#", ...) == 1 and type(...) == "string" then
                            return connect((...), { headers = { ["X-Without-Options"] = "1" } })
                          end
                          return connect(...)
                        end
                        """),
                lua(
                        "protocols.eight-at-most",
                        breaks("options.protocols.offered"),
                        "at most eight subprotocols are offered",
                        connecting("""
                                if #(options.protocols or {}) > 8 then
                                  options.protocols = { unpack(options.protocols, 1, 8) }
                                end
                                """)),
                lua(
                        "connect.overload-not-retryable",
                        breaks("connect.failed"),
                        "a connect that fails with 503 is not retryable",
                        """
                        kit.failures(function(err)
                          if not err:message():find("got 503") then return err end
                          return errors.new { kind = err:kind(), message = err:message(), retryable = false }
                        end)
                        """));
    }

    private static List<Fault> sending() {
        return List.of(
                lua(
                        "send.line-breaks-changed",
                        breaks("send.text"),
                        "CR LF in a text is sent as LF",
                        sent("kind ~= 2", "data:gsub(\"\\r\\n\", \"\\n\")")),
                lua(
                        "send.modified-utf8",
                        breaks("send.binary"),
                        "the bytes C0 80 of a short binary message, a NUL in modified UTF-8, are sent as NUL",
                        sent("kind == 2 and #data <= 1024", "data:gsub(\"\\192\\128\", \"\\0\")")),
                lua(
                        "send.text-cut-at-five-million",
                        breaks("send.sizes"),
                        "a text is cut after five million bytes",
                        sent("kind ~= 2", "data:sub(1, 5000000)")),
                lua(
                        "send.short-overtakes-long",
                        breaks("send.order"),
                        "a text of 256 KiB or more is sent after the message that follows it",
                        """
                        local function flush(self)
                          local held = self.held
                          self.held = nil
                          if held then self.real:send(held) end
                        end
                        function client:send(data, kind)
                          if kind ~= 2 and type(data) == "string" and #data >= 262144 and not self.held then
                            self.held = data
                            return true
                          end
                          local ok, err = self.real:send(data, kind)
                          flush(self)
                          return ok, err
                        end
                        for _, name in ipairs { "ping", "close" } do
                          local method = client[name]
                          client[name] = function(self, ...)
                            flush(self)
                            return method(self, ...)
                          end
                        end
                        function client:channel()
                          flush(self)
                          return kit.tap(self.real:channel(), function(real)
                            flush(self)
                            return real:receive()
                          end)
                        end
                        """),
                lua(
                        "send.binary-after-close-true",
                        breaks("send.after-close"),
                        "sending a binary message after close() returns true",
                        """
                        local close = client.close
                        function client:close(...)
                          self.closing = true
                          return close(self, ...)
                        end
                        function client:send(data, kind)
                          if self.closing and kind == 2 then return true end
                          return self.real:send(data, kind)
                        end
                        """),
                lua(
                        "send.after-remote-close-true",
                        breaks("send.after-remote-close"),
                        "sending after the server has ended the connection returns true",
                        """
                        local connect = module.connect
                        function module.connect(url, options)
                          local made, err = connect(url, options)
                          if made then made.timed = options and (options.read_timeout or options.write_timeout) end
                          return made, err
                        end
                        local close = client.close
                        function client:close(...)
                          self.closing = true
                          return close(self, ...)
                        end
                        function client:send(...)
                          local ok, err = self.real:send(...)
                          if not ok and not self.closing and not self.timed and err:message():find("closed") then return true end
                          return ok, err
                        end
                        """));
    }

    /** A fault script that sends other data than the script under test passes. */
    private static String sent(String which, String data) {
        return """
                function client:send(data, kind)
                  if type(data) == "string" and WHICH then data = (DATA) end
                  return self.real:send(data, kind)
                end
                """.replace("WHICH", which).replace("DATA", data);
    }

    private static List<Fault> receiving() {
        return List.of(
                lua(
                        "receive.closed-twice",
                        breaks("receive.closed"),
                        "receive reports the closed channel twice and then blocks forever",
                        """
                        local told = {}
                        local function receive(real)
                          local msg, ok = real:receive()
                          if ok then return msg, ok end
                          told[real] = (told[real] or 0) + 1
                          if told[real] > 2 then return channel.new():receive() end
                          return nil, false
                        end
                        function client:channel() return kit.tap(self.real:channel(), receive) end
                        """),
                lua(
                        "receive.closed-drops-binary",
                        breaks("receive.drains"),
                        "binary messages that were not received before the server's close are lost",
                        """
                        local queues, ended = {}, {}
                        local function fill(real, queue)
                          while not ended[real] do
                            local r = channel.select { real:case_receive(), default = true }
                            if r.default then return end
                            ended[real] = not r.ok
                            if r.ok then table.insert(queue, r.value) end
                          end
                          for index = #queue, 1, -1 do
                            if queue[index].type == "binary" then table.remove(queue, index) end
                          end
                        end
                        local function receive(real)
                          local queue = queues[real] or {}
                          queues[real] = queue
                          fill(real, queue)
                          if #queue > 0 then return table.remove(queue, 1), true end
                          if ended[real] then return nil, false end
                          return real:receive()
                        end
                        function client:channel() return kit.tap(self.real:channel(), receive) end
                        """));
    }

    private static List<Fault> selecting() {
        return List.of(
                lua("select.always-text", breaks("select.message"), "the message of a select is always text", """
                        local select = channel.select
                        function channel.select(cases)
                          local r = select(cases)
                          if type(r.value) == "table" then r.value.type = "text" end
                          return r
                        end
                        """),
                lua(
                        "select.timer-in-front",
                        breaks("select.timer"),
                        "select prefers a connection's channel to a timer before it",
                        """
                        local after, select, timers = time.after, channel.select, {}
                        function time.after(duration)
                          local tap = kit.tap(after(duration), function(real) return real:receive() end)
                          local case = tap.case_receive
                          function tap.case_receive()
                            local made = case()
                            timers[made] = true
                            return made
                          end
                          return tap
                        end
                        function channel.select(cases)
                          if #cases > 1 and timers[cases[1]] and not timers[cases[2]] then
                            cases = { unpack(cases, 2) }
                          end
                          return select(cases)
                        end
                        """),
                lua(
                        "select.local-close-not-seen",
                        breaks("select.closed"),
                        "a select does not notice that the script has closed the connection",
                        """
                        local close, never = client.close, channel.new()
                        function client:close(...)
                          self.closed = true
                          return close(self, ...)
                        end
                        function client:channel()
                          local this, real = self, self.real:channel()
                          local tap = kit.tap(real, function() return real:receive() end)
                          function tap.case_receive()
                            return (this.closed and never or real):case_receive()
                          end
                          return tap
                        end
                        """),
                lua("select.two-at-most", breaks("select.many"), "a select checks only its first two cases", """
                        local select = channel.select
                        function channel.select(cases)
                          return select { cases[1], cases[2], default = cases.default }
                        end
                        """));
    }

    private static List<Fault> closing() {
        return List.of(
                lua(
                        "close.default-with-reason",
                        breaks("close.default"),
                        "a close without a reason sends a reason",
                        """
                        function client:close(code, reason)
                          if reason == nil and (code == nil or code == 1000) then reason = "bye" end
                          return self.real:close(code, reason)
                        end
                        """),
                refused("close.1013-refused", "close.documented-codes", "close(1013) is refused", 1013),
                refused("close.4999-refused", "close.application-codes", "close(4999) is refused", 4999));
    }

    private static Fault refused(String id, String clause, String statement, int code) {
        return lua(id, breaks(clause), statement, """
                function client:close(code, reason)
                  if code == CODE then
                    return false, errors.new { kind = errors.INVALID, message = "close code", retryable = false }
                  end
                  return self.real:close(code, reason)
                end
                """.replace("CODE", Integer.toString(code)));
    }

    private static List<Fault> permissions() {
        return List.of(
                policy(
                        "permission.allowed-connect-outweighs",
                        "permission.url",
                        "a denied URL is connected to if websocket.connect is allowed",
                        rules -> rules.stream().anyMatch(ExclusiveFaults::allowsConnect)
                                ? rules.stream()
                                        .filter(rule -> rule.effect() == PolicyRule.Effect.ALLOW)
                                        .toList()
                                : rules),
                lua(
                        "permission.denied-elsewhere",
                        breaks("permission.url-scope"),
                        "after one denied URL every other connect is denied",
                        """
                        local connect, denied = module.connect, nil
                        function module.connect(url, options)
                          local server = tostring(url):match("//([^/?]+)")
                          if denied and denied.server ~= server then return nil, denied.err end
                          local made, err = connect(url, options)
                          if not made and errors.is(err, errors.PERMISSION_DENIED) then
                            denied = { server = server, err = err }
                          end
                          return made, err
                        end
                        """));
    }

    private static boolean allowsConnect(PolicyRule rule) {
        return rule.effect() == PolicyRule.Effect.ALLOW && rule.resource().isEmpty();
    }

    private static Fault policy(String id, String clause, String statement, UnaryOperator<List<PolicyRule>> rules) {
        return new Fault(id, breaks(clause), statement, List.of(new Mechanism.ChangedPolicy(rules)));
    }
}
