package io.wstck.tck.implementation;

import io.wstck.lua.LuaStrings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** One of several calls that are made on a connection at the same time (capability {@code parallel-calls}). Immutable. */
public sealed interface ParallelCall {

    /**
     * Sends one message.
     *
     * @param type 1 for text, 2 for binary
     * @param data not copied, and not changed by anyone
     */
    @SuppressWarnings("ArrayRecordComponent") // Calls are not compared, and a copy of megabytes would serve nobody.
    record Send(int type, byte[] data) implements ParallelCall {}

    /** Sends a ping. */
    record Ping() implements ParallelCall {}

    /**
     * Closes the connection.
     *
     * @param code absent: the client's default
     */
    record Close(OptionalInt code) implements ParallelCall {}

    /**
     * The calls that a script has listed, each as a table: {@code {"send", data, type}}, {@code {"ping"}}, {@code {"close", code}}.
     *
     * @throws LuaError when it is no such list
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
