package io.wstck.lua.time;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaDuration;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaSession;
import io.wstck.lua.channel.LuaChannels;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.lua.errors.LuaErrors;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The Lua module {@code time} (clause time.after). Durations are numbers of milliseconds, or strings as in Go. */
public final class TimeModule implements LuaModule {
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String name() {
        return "time";
    }

    @Override
    public Visibility visibility() {
        return Visibility.GLOBAL_AND_REQUIRE;
    }

    @Override
    public LuaValue load(LuaSession session) {
        LuaTable module = new LuaTable();
        put(module, "after", arguments -> after(session, duration(arguments, "after")));
        put(module, "sleep", arguments -> sleep(session, duration(arguments, "sleep")));
        put(module, "now", arguments -> TimeValue.now().toLua());
        put(module, "since", arguments -> since(arguments));
        put(module, "parse_duration", TimeModule::parseDuration);
        module.set("NANOSECOND", LuaValue.valueOf(1e-6));
        module.set("MICROSECOND", LuaValue.valueOf(1e-3));
        module.set("MILLISECOND", LuaValue.valueOf(1));
        module.set("SECOND", LuaValue.valueOf(1_000));
        module.set("MINUTE", LuaValue.valueOf(60_000));
        module.set("HOUR", LuaValue.valueOf(3_600_000));
        return module;
    }

    private static LuaValue after(LuaSession session, Duration duration) {
        SessionTimers timers = session.attachment(SessionTimers.class, TimeModule::timers);
        return LuaChannels.wrapOnce(session, timers.after(duration), LuaValue::valueOf);
    }

    private static SessionTimers timers(LuaSession session) {
        SessionTimers timers = new SessionTimers(session.limits().timers());
        session.onClose(timers);
        return timers;
    }

    private static LuaValue sleep(LuaSession session, Duration duration) {
        long start = System.nanoTime();
        return session.blocking(() -> {
            // A sleep may end less than a clock tick too early.
            long left = duration.toNanos();
            while (left > 0) {
                TimeUnit.NANOSECONDS.sleep(left);
                left = duration.toNanos() - (System.nanoTime() - start);
            }
            return LuaValue.NONE.arg1();
        });
    }

    private static LuaValue since(Varargs arguments) {
        return LuaValue.valueOf(TimeValue.now().millisSince(TimeValue.argument(arguments, 1, "since")));
    }

    /** Returns milliseconds, or nil and an error of kind INVALID if the argument is not a duration. */
    private static Varargs parseDuration(Varargs arguments) {
        try {
            return LuaValue.valueOf(LuaDuration.parse(arguments.arg1()).toNanos() / NANOS_PER_MILLI);
        } catch (IllegalArgumentException e) {
            return LuaErrors.failure(ErrorKind.INVALID, e.getMessage(), false);
        }
    }

    private static Duration duration(Varargs arguments, String function) {
        try {
            return LuaDuration.parse(arguments.arg1());
        } catch (IllegalArgumentException e) {
            throw LuaArguments.badArgument(1, function, e.getMessage());
        }
    }
}
