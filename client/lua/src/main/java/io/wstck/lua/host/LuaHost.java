package io.wstck.lua.host;

import io.wstck.lua.LuaLimits;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaSession;
import io.wstck.lua.channel.ChannelModule;
import io.wstck.lua.errors.ErrorsModule;
import io.wstck.lua.json.JsonModule;
import io.wstck.lua.sandbox.SandboxSession;
import io.wstck.lua.time.TimeModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Opens Lua sessions, all with the same limits, modules and output. Immutable: threads may share it. Every session has
 * the modules {@code channel}, {@code time}, {@code json} and {@code errors}.
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

    /** {@return a builder with the default limits and modules} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens a session with its own globals. The caller closes it.
     *
     * @return the session
     */
    public LuaSession open() {
        return new SandboxSession(limits, modules, output);
    }

    /** Collects the limits, the modules and the output of a host. For one thread. */
    public static final class Builder {
        private final Map<String, LuaModule> modules = new LinkedHashMap<>();
        private LuaLimits limits = LuaLimits.defaults();
        private Consumer<String> output = System.out::println;

        private Builder() {
            List.of(new ChannelModule(), new TimeModule(), new JsonModule(), new ErrorsModule())
                    .forEach(this::module);
        }

        /**
         * Sets the limits of each session; {@link LuaLimits#defaults} by default.
         *
         * @param value the limits
         * @return this builder
         */
        public Builder limits(LuaLimits value) {
            limits = value;
            return this;
        }

        /**
         * Adds a module; it replaces a module of the same name.
         *
         * @param module the module
         * @return this builder
         */
        public Builder module(LuaModule module) {
            modules.put(module.name(), module);
            return this;
        }

        /**
         * Sets the consumer of each line that a script prints, called on the script's thread; standard output by
         * default.
         *
         * @param lines takes each line, without a line break
         * @return this builder
         */
        public Builder output(Consumer<String> lines) {
            output = lines;
            return this;
        }

        /** {@return the host} */
        public LuaHost build() {
            return new LuaHost(this);
        }
    }
}
