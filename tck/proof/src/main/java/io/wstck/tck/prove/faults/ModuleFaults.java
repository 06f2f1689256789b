package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.lua;

import io.wstck.tck.prove.Fault;
import java.util.List;

/** Faults of the module, its constants, its companion modules and its errors. Stateless. */
final class ModuleFaults {
    private ModuleFaults() {}

    static List<Fault> all() {
        return List.of(
                lua(
                        "module.without-connect",
                        breaks("module.load"),
                        "the module has connect under another name",
                        "module.open, module.connect = module.connect, nil"),
                lua(
                        "module.time-needs-require",
                        breaks("module.companions"),
                        "time is missing until it is required",
                        "time = nil"),
                lua(
                        "module.json-booleans-as-texts",
                        breaks("module.companions"),
                        "json.decode turns true and false into strings",
                        """
                        local decode = json.decode
                        local function texts(value)
                          if type(value) == "boolean" then return tostring(value) end
                          if type(value) == "table" then
                            for key, field in pairs(value) do value[key] = texts(field) end
                          end
                          return value
                        end
                        json = { encode = json.encode, decode = function(text) return texts(decode(text)) end }
                        """),
                lua(
                        "constants.text-and-binary-swapped",
                        breaks("constants.message-types"),
                        "TEXT is 2 and BINARY is 1",
                        "module.TEXT, module.BINARY = 2, 1"),
                lua(
                                "constants.pong-is-ping",
                                breaks("constants.type-names"),
                                "TYPE_PONG is \"ping\"",
                                "module.TYPE_PONG = \"ping\"")
                        .exclusive(),
                lua(
                        "constants.compression-off-by-one",
                        breaks("constants.compression"),
                        "the compression modes count from 1",
                        "module.COMPRESSION = { DISABLED = 1, CONTEXT_TAKEOVER = 2, NO_CONTEXT = 3 }"),
                lua("constants.close-code-off-by-one", breaks("constants.close-codes"), "TRY_AGAIN_LATER is 1014", """
                        local codes = {}
                        for name, code in pairs(module.CLOSE_CODES) do codes[name] = code end
                        codes.TRY_AGAIN_LATER = 1014
                        module.CLOSE_CODES = codes
                        """)
                        .exclusive(),
                lua(
                        "constants.shared",
                        breaks("constants.read-only"),
                        "changes of the module or its constants are visible to other scripts",
                        """
                        local first = kit.remember("first", "") == nil
                        local function shared(path, constants)
                          local copy = {}
                          for name, value in pairs(constants) do copy[name] = value end
                          return setmetatable(copy, {
                            __newindex = function(_, name, value) kit.remember(path .. name, tostring(value)) end,
                            __index = function(_, name)
                              local began = time.now()
                              local seen = kit.remembered(path .. name)
                              -- Scripts that run side by side: the other one will have written it in a moment.
                              while not first and not seen and time.since(began) < 1000 do
                                time.sleep("1ms")
                                seen = kit.remembered(path .. name)
                              end
                              return seen
                            end,
                          })
                        end
                        module.COMPRESSION = shared("COMPRESSION.", module.COMPRESSION)
                        module.CLOSE_CODES = shared("CLOSE_CODES.", module.CLOSE_CODES)
                        """),
                lua(
                                "errors.is-always-true",
                                breaks("errors.is"),
                                "errors.is is true for every kind",
                                "function errors.is() return true end")
                        .exclusive(),
                lua(
                        "errors.without-message",
                        breaks("errors.methods"),
                        "err:message() is empty",
                        changedErrors("message = \"\"")),
                lua(
                        "errors.retryable-swapped",
                        breaks(
                                "connect.failed",
                                "send.after-close",
                                "ping.after-close",
                                "permission.connect",
                                "permission.url",
                                "errors.methods",
                                "errors.no-context"),
                        "err:retryable() is the opposite of what it should be",
                        changedErrors("retryable = not err:retryable()")),
                lua(
                        "errors.one-kind-for-all",
                        breaks("connect.failed", "send.after-close", "ping.after-close", "errors.is"),
                        "every error is UNAVAILABLE",
                        changedErrors("kind = errors.UNAVAILABLE")));
    }

    /** A fault script that replaces each error with a copy in which one field differs. */
    private static String changedErrors(String field) {
        return """
                kit.failures(function(err)
                  local fields = { kind = err:kind(), message = err:message(), retryable = err:retryable() }
                  fields.%s
                  return errors.new(fields)
                end)
                """.formatted(field);
    }
}
