package io.wstck.tck.implementation;

import io.wstck.lua.LuaStrings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** One of several calls that run on a connection at the same time (capability {@code parallel-calls}). Immutable. */
public sealed interface ParallelCall {

    /**
     * Sends one message.
     *
     * @param type 1 for text, 2 for binary
     * @param data not copied; must not change
     */
    @SuppressWarnings("ArrayRecordComponent") // Nothing compares calls, and a copy may take megabytes.
    record Send(int type, byte[] data) implements ParallelCall {}

    /** Sends a ping. */
    record Ping() implements ParallelCall {}

    /**
     * Closes the connection.
     *
     * @param code empty: the client's default
     */
    record Close(OptionalInt code) implements ParallelCall {}

    /**
     * Reads the calls that a script lists. Each is a table: {@code {"send", data, type}}, {@code {"ping"}}, {@code
     * {"close", code}}.
     *
     * @throws LuaError if the value is not such a list
     */
    static List<ParallelCall> listOf(LuaValue list) {
        LuaTable table = list.checktable();
        List<ParallelCall> calls = new ArrayList<>();
        for (int index = 1; index <= table.length(); index++) {
            calls.add(of(table.get(index).checktable()));
        }
        return calls;
    }

    private static ParallelCall of(LuaTable call) {
        String word = LuaStrings.text(call.get(1).checkstring());
        return switch (word) {
            case "send" ->
                new Send(call.get(3).optint(1), LuaStrings.bytes(call.get(2).checkstring()));
            case "ping" -> new Ping();
            case "close" ->
                new Close(
                        call.get(2).isnil()
                                ? OptionalInt.empty()
                                : OptionalInt.of(call.get(2).checkint()));
            default -> throw new LuaError("in_parallel: expected send, ping or close, got " + word);
        };
    }
}
