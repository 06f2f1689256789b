package io.wstck.lua.sandbox;

import io.wstck.lua.LoopGuard;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Implements {@code table.sort} as a merge sort. It ends after n log n comparisons, even if the order function is
 * inconsistent. LuaJ's own sort cannot be stopped while it compares without an order function.
 */
final class TableSort {
    private static final int BYTES_PER_REFERENCE = 8;

    private final LoopGuard guard;
    private final LuaValue order;

    /** @param order the order function, or nil for the operator {@code <} */
    TableSort(ScriptExecution execution, LuaValue order) {
        guard = LoopGuard.of(execution);
        this.order = order;
    }

    void sort(LuaTable table) {
        int length = table.rawlen();
        guard.reserve(2L * BYTES_PER_REFERENCE * length);
        LuaValue[] values = new LuaValue[length];
        for (int i = 0; i < length; i++) {
            guard.step();
            values[i] = table.rawget(i + 1);
        }
        LuaValue[] sorted = sorted(values, new LuaValue[length]);
        for (int i = 0; i < length; i++) {
            guard.step();
            table.rawset(i + 1, sorted[i]);
        }
    }

    /** Merges runs of growing width from one array into the other, and returns the array with the result. */
    private LuaValue[] sorted(LuaValue[] values, LuaValue[] spare) {
        LuaValue[] from = values;
        LuaValue[] to = spare;
        for (long width = 1; width < values.length; width *= 2) {
            for (long start = 0; start < values.length; start += 2 * width) {
                merge(from, to, (int) start, (int) Math.min(start + width, values.length), (int)
                        Math.min(start + 2 * width, values.length));
            }
            LuaValue[] merged = to;
            to = from;
            from = merged;
        }
        return from;
    }

    private void merge(LuaValue[] from, LuaValue[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            guard.step();
            boolean takeRight = right < end && (left >= middle || precedes(from[right], from[left]));
            to[i] = takeRight ? from[right++] : from[left++];
        }
    }

    private boolean precedes(LuaValue one, LuaValue other) {
        return order.isnil()
                ? StoppableComparison.less(one, other, guard)
                : order.call(one, other).toboolean();
    }
}
