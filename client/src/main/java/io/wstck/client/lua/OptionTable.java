package io.wstck.client.lua;

import io.wstck.client.CompressionMode;
import io.wstck.client.ConnectOptions;
import io.wstck.lua.LuaDuration;
import io.wstck.lua.LuaStrings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Reads the table of options of {@code websocket.connect} (clauses options.*). Keys that are unknown are passed over. */
final class OptionTable {
    /** All names and values of headers and subprotocols together, each counted as some bytes more than it has. */
    private static final long MAX_TEXT_BYTES = 16 * 1024 * 1024;

    private static final int BYTES_PER_TEXT = 32;

    private final LuaTable table;
    private long textBytes;
    private final ConnectOptions.Builder builder = ConnectOptions.builder();

    private OptionTable(LuaTable table) {
        this.table = table;
    }

    /**
     * The options that a script has given.
     *
     * @param value a table, or nil for none
     * @throws IllegalArgumentException naming the option, its value and what was expected
     */
    static ConnectOptions read(LuaValue value) {
        if (value.isnil()) {
            return ConnectOptions.defaults();
        }
        if (!(value instanceof LuaTable table)) {
            throw new IllegalArgumentException("options: expected a table, got " + Failures.describe(value));
        }
        return new OptionTable(table).options();
    }

    private ConnectOptions options() {
        headers();
        protocols();
        timeout("dial_timeout", builder::dialTimeout);
        timeout("read_timeout", builder::readTimeout);
        timeout("write_timeout", builder::writeTimeout);
        integer("compression", 0, CompressionMode.values().length - 1, number -> builder.compression(mode(number)));
        integer("compression_threshold", 0, ConnectOptions.MAX_COMPRESSION_THRESHOLD, builder::compressionThreshold);
        integer("read_limit", 0, ConnectOptions.MAX_READ_LIMIT, builder::readLimit);
        integer("channel_capacity", 1, ConnectOptions.MAX_CHANNEL_CAPACITY, builder::channelCapacity);
        return builder.build();
    }

    private void headers() {
        LuaValue value = option("headers");
        if (value.isnil()) {
            return;
        }
        if (!(value instanceof LuaTable headers)) {
            throw bad("headers", "a table of names and values", value);
        }
        // A table has no order: sorted, the same script sends the same request every time.
        Map<String, String> sorted = new TreeMap<>();
        for (Varargs entry = headers.next(LuaValue.NIL); !entry.isnil(1); entry = headers.next(entry.arg1())) {
            String name = text("headers", "a string as name", entry.arg1());
            sorted.put(name, text("headers", "a string as value of \"" + name + '"', entry.arg(2)));
        }
        sorted.forEach(builder::header);
    }

    private void protocols() {
        LuaValue value = option("protocols");
        if (value.isnil()) {
            return;
        }
        if (!(value instanceof LuaTable protocols)) {
            throw bad("protocols", "a list of strings", value);
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= protocols.length(); i++) {
            names.add(text("protocols", "strings", protocols.rawget(i)));
        }
        builder.subprotocols(names);
    }

    private void timeout(String name, Consumer<Duration> setter) {
        LuaValue value = option(name);
        if (value.isnil()) {
            return;
        }
        Duration timeout;
        try {
            timeout = LuaDuration.parse(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
        if (!ConnectOptions.isTimeout(timeout)) {
            throw bad(name, "longer than zero, at most " + ConnectOptions.MAX_TIMEOUT.toHours() + "h", value);
        }
        setter.accept(timeout);
    }

    private void integer(String name, int least, int most, IntConsumer setter) {
        LuaValue value = option(name);
        if (value.isnil()) {
            return;
        }
        double number = value instanceof LuaNumber given ? given.todouble() : Double.NaN;
        if (!(number >= least && number <= most) || number != Math.rint(number)) {
            throw bad(name, "an integer from " + least + " to " + most, value);
        }
        setter.accept((int) number);
    }

    private static CompressionMode mode(int number) {
        return Arrays.stream(CompressionMode.values())
                .filter(mode -> Constants.number(mode) == number)
                .findFirst()
                .orElseThrow();
    }

    private LuaValue option(String name) {
        return table.rawget(LuaStrings.of(name));
    }

    private String text(String option, String expected, LuaValue value) {
        textBytes += BYTES_PER_TEXT + (value instanceof LuaString string ? string.m_length : 0);
        if (textBytes > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException(
                    option + ": expected at most " + MAX_TEXT_BYTES + " bytes of headers and protocols");
        }
        if (value instanceof LuaString string && string.isValidUtf8()) {
            return LuaStrings.text(string);
        }
        if (value instanceof LuaNumber) {
            return Failures.describe(value);
        }
        throw bad(option, expected, value);
    }

    private static IllegalArgumentException bad(String option, String expected, LuaValue value) {
        return new IllegalArgumentException(option + ": expected " + expected + ", got " + Failures.describe(value));
    }
}
