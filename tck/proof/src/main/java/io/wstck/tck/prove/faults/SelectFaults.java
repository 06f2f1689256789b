package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.lua;

import io.wstck.tck.prove.Fault;
import java.util.List;

/** Faults of channel.select and time.after. Stateless. */
final class SelectFaults {
    private SelectFaults() {}

    static List<Fault> all() {
        return List.of(
                lua(
                        "select.without-channel",
                        breaks("select.message", "select.timer", "select.closed", "select.many", "time.after"),
                        "the result of a select has no channel",
                        result("r.channel = nil")),
                lua(
                        "select.ok-always-true",
                        breaks("select.closed", "examples.price-stream"),
                        "ok is true for a closed channel too",
                        result("r.ok = true")),
                lua(
                        "select.value-only",
                        breaks("select.message", "select.many"),
                        "value is the data of the message instead of the message",
                        result("r.value = type(r.value) == \"table\" and r.value.data or r.value")),
                lua(
                        "select.losers-lost",
                        breaks("select.many"),
                        "a select receives from every ready channel and returns only the first message",
                        """
                        local select = channel.select
                        function channel.select(cases)
                          local r = select(cases)
                          local others = { default = true }
                          for _, one in ipairs(cases) do others[#others + 1] = one end
                          select(others)
                          return r
                        end
                        """),
                lua(
                        "select.timers-late",
                        breaks("select.timer"),
                        "a timer in a select does not fire while a connection is open",
                        "local after = time.after function time.after() return after(\"1h\") end"),
                lua("time.early", breaks("time.after", "select.timer"), "time.after fires after half the time", """
                        local after = time.after
                        function time.after(duration)
                          return after((duration:gsub("^[%d.]+", function(n) return tostring(tonumber(n) / 2) end)))
                        end
                        """),
                lua(
                                "time.fraction-dropped",
                                breaks("time.after"),
                                "time.after ignores the fraction of a duration",
                                "local after = time.after function time.after(d) return after((d:gsub(\"%.%d+\", \"\"))) end")
                        .exclusive());
    }

    private static String result(String change) {
        return "local select = channel.select function channel.select(cases) local r = select(cases) " + change
                + " return r end";
    }
}
