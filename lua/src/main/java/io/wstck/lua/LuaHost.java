package io.wstck.lua;

import io.wstck.lua.channel.ChannelModule;
import io.wstck.lua.errors.ErrorsModule;
import io.wstck.lua.json.JsonModule;
import io.wstck.lua.time.TimeModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes sessions. Immutable, shared by threads. The modules {@code channel}, {@code time}, {@code json} and
 * {@code errors} are always there.
 */
public final class LuaHost {
    private final LuaLimits limits;
    private final List<LuaModule> modules;
    private final Consumer<String> output;

    private LuaHost(Builder builder) {
        limits = builder.limits;
        modules = List.copyOf(builder.modules.values());
        output = builder.output;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A new session with globals of its own. The caller closes it. */
    public LuaSession open() {
        return new LuaSession(limits, modules, output);
    }

    /** For one thread. */
    public static final class Builder {
        private final Map<String, LuaModule> modules = new LinkedHashMap<>();
        private LuaLimits limits = LuaLimits.defaults();
        private Consumer<String> output = System.out::println;

        private Builder() {
            List.of(new ChannelModule(), new TimeModule(), new JsonModule(), new ErrorsModule())
                    .forEach(this::module);
        }

        public Builder limits(LuaLimits value) {
            limits = value;
            return this;
        }

        /** Adds a module; it takes the place of one of the same name. */
        public Builder module(LuaModule module) {
            modules.put(module.name(), module);
            return this;
        }

        /** Takes each line that a script prints, on the script's thread; standard output unless set. */
        public Builder output(Consumer<String> lines) {
            output = lines;
            return this;
        }

        public LuaHost build() {
            return new LuaHost(this);
        }
    }
}
