package io.wstck.tck.prove.faults;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.Mechanism;
import io.wstck.tck.prove.relay.Tampering;
import java.util.List;
import java.util.function.Supplier;

/** Creates the faults of this package from an id, the broken clauses, a statement and the change. Stateless. */
final class FaultFactory {
    private FaultFactory() {}

    /** The ids of the clauses that a fault breaks. */
    static List<String> breaks(String... clauses) {
        return List.of(clauses);
    }

    static Fault lua(String id, List<String> breaks, String statement, String script) {
        return new Fault(id, breaks, statement, List.of(new Mechanism.LuaWrapper(script)));
    }

    static Fault wire(String id, List<String> breaks, String statement, Supplier<Tampering> connections) {
        return new Fault(id, breaks, statement, List.of(new Mechanism.WireTampering(connections)));
    }

    static Fault luaAndWire(
            String id, List<String> breaks, String statement, String script, Supplier<Tampering> connections) {
        return new Fault(
                id,
                breaks,
                statement,
                List.of(new Mechanism.LuaWrapper(script), new Mechanism.WireTampering(connections)));
    }

    /**
     * A fault script that changes the arguments of each connect. The change may assign the locals {@code url} and
     * {@code options}, which is a copy. It may also return its own results. {@code connect} is the real function, and
     * {@code given} has the options of the script under test.
     */
    static String connecting(String change) {
        return """
                local connect = module.connect
                local function changed(url, given)
                  local options = {}
                  for name, value in pairs(given or {}) do options[name] = value end
                  CHANGE
                  return connect(url, options)
                end
                function module.connect(url, given, ...)
                  if given ~= nil and type(given) ~= "table" then return connect(url, given, ...) end
                  return changed(url, given)
                end
                """.replace("CHANGE", change);
    }

    /** A fault that refuses a valid value of an option, if the condition holds for {@code options}. */
    static Fault refused(String id, String clause, String statement, String condition) {
        return lua(id, breaks(clause), statement, connecting("""
                if CONDITION then
                  return nil, errors.new { kind = errors.INVALID, message = "out of range", retryable = false }
                end
                """.replace("CONDITION", condition)));
    }
}
