package io.wstck.client.lua;

import io.wstck.client.CompressionMode;
import io.wstck.client.ConnectOptions;
import io.wstck.lua.LuaDuration;
import io.wstck.lua.LuaStrings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Converts the options table that a script gives to {@code websocket.connect} to {@link ConnectOptions} (clauses
 * options.*). Unknown keys are ignored.
 */
final class OptionTable {
    /**
     * The largest total size of header names, header values and subprotocols. Each counts {@link #BYTES_PER_TEXT} more
     * than its bytes.
     */
    private static final long MAX_TEXT_BYTES = 16 * 1024 * 1024;

    private static final int BYTES_PER_TEXT = 32;

    /** How each option is read, by its name. Reading stops at the first value that is not valid, in this order. */
    private static final Map<String, OptionReader> READERS = readers();

    private final LuaTable table;
    private long textBytes;
    private final ConnectOptions.Builder builder = ConnectOptions.builder();

    private OptionTable(LuaTable table) {
        this.table = table;
    }

    /** Reads the value of one option, which is not nil. */
    @FunctionalInterface
    private interface OptionReader {
        void read(OptionTable options, String name, LuaValue value);
    }

    private static Map<String, OptionReader> readers() {
        Map<String, OptionReader> readers = new LinkedHashMap<>();
        readers.put("headers", (options, _, value) -> options.headers(value));
        readers.put("protocols", (options, _, value) -> options.protocols(value));
        readers.put("dial_timeout", timeout(ConnectOptions.Builder::dialTimeout));
        readers.put("read_timeout", timeout(ConnectOptions.Builder::readTimeout));
        readers.put("write_timeout", timeout(ConnectOptions.Builder::writeTimeout));
        readers.put(
                "compression",
                integer(
                        0,
                        CompressionMode.values().length - 1,
                        (builder, number) -> builder.compression(mode(number))));
        readers.put(
                "compression_threshold",
                integer(0, ConnectOptions.MAX_COMPRESSION_THRESHOLD, ConnectOptions.Builder::compressionThreshold));
        readers.put("read_limit", integer(0, ConnectOptions.MAX_READ_LIMIT, ConnectOptions.Builder::readLimit));
        readers.put(
                "channel_capacity",
                integer(1, ConnectOptions.MAX_CHANNEL_CAPACITY, ConnectOptions.Builder::channelCapacity));
        return Collections.unmodifiableMap(readers);
    }

    /** Returns the names of all options. */
    static Set<String> names() {
        return READERS.keySet();
    }

    /**
     * Returns the options in the table of a script.
     *
     * @param value a table, or nil for none
     * @throws IllegalArgumentException naming the option, its value and what was expected
     */
    static ConnectOptions read(LuaValue value) {
        if (value.isnil()) {
            return ConnectOptions.defaults();
        }
        if (!(value instanceof LuaTable table)) {
            throw new IllegalArgumentException("options: expected a table, got " + ErrorConversion.describe(value));
        }
        return new OptionTable(table).options();
    }

    private ConnectOptions options() {
        READERS.forEach((name, reader) -> {
            LuaValue value = table.rawget(LuaStrings.of(name));
            if (!value.isnil()) {
                reader.read(this, name, value);
            }
        });
        return builder.build();
    }

    private void headers(LuaValue value) {
        if (!(value instanceof LuaTable headers)) {
            throw bad("headers", "a table of names and values", value);
        }
        // A table has no order. Sorting makes a script send the same request each time.
        Map<String, String> sorted = new TreeMap<>();
        for (Varargs entry = headers.next(LuaValue.NIL); !entry.isnil(1); entry = headers.next(entry.arg1())) {
            String name = text("headers", "a string as name", entry.arg1());
            sorted.put(name, text("headers", "a string as value of \"" + name + '"', entry.arg(2)));
        }
        sorted.forEach(builder::header);
    }

    private void protocols(LuaValue value) {
        if (!(value instanceof LuaTable protocols)) {
            throw bad("protocols", "a list of strings", value);
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= protocols.length(); i++) {
            names.add(text("protocols", "strings", protocols.rawget(i)));
        }
        builder.subprotocols(names);
    }

    private static OptionReader timeout(BiConsumer<ConnectOptions.Builder, Duration> setter) {
        return (options, name, value) -> {
            Duration timeout;
            try {
                timeout = LuaDuration.parse(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
            }
            if (!ConnectOptions.isTimeout(timeout)) {
                throw bad(name, "longer than zero, at most " + ConnectOptions.MAX_TIMEOUT.toHours() + "h", value);
            }
            setter.accept(options.builder, timeout);
        };
    }

    private static OptionReader integer(int min, int max, ObjIntConsumer<ConnectOptions.Builder> setter) {
        return (options, name, value) -> {
            double number = value instanceof LuaNumber given ? given.todouble() : Double.NaN;
            if (!(number >= min && number <= max) || number != Math.rint(number)) {
                throw bad(name, "an integer from " + min + " to " + max, value);
            }
            setter.accept(options.builder, (int) number);
        };
    }

    private static CompressionMode mode(int number) {
        return Arrays.stream(CompressionMode.values())
                .filter(mode -> WebSocketConstants.number(mode) == number)
                .findFirst()
                .orElseThrow();
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
            return ErrorConversion.describe(value);
        }
        throw bad(option, expected, value);
    }

    private static IllegalArgumentException bad(String option, String expected, LuaValue value) {
        return new IllegalArgumentException(
                option + ": expected " + expected + ", got " + ErrorConversion.describe(value));
    }
}
