package io.wstck.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A table that scripts can read and iterate, and cannot change: each attempt raises an error, {@code rawset} too. */
public final class ReadOnlyTable extends LuaTable {
    private final String name;

    /**
     * Copies the entries of a table.
     *
     * @param name what the error calls it, such as {@code websocket.CLOSE_CODES}
     */
    @SuppressWarnings("this-escape") // Only LuaTable's own methods are called, which touch nothing of this class.
    public ReadOnlyTable(String name, LuaTable entries) {
        this.name = name;
        Varargs entry = entries.next(NIL);
        while (!entry.arg1().isnil()) {
            super.rawset(entry.arg1(), entry.arg(2));
            entry = entries.next(entry.arg1());
        }
    }

    @Override
    public void rawset(int key, LuaValue value) {
        throw refusal(LuaValue.valueOf(key));
    }

    @Override
    public void rawset(LuaValue key, LuaValue value) {
        throw refusal(key);
    }

    @Override
    public void set(int key, LuaValue value) {
        throw refusal(LuaValue.valueOf(key));
    }

    @Override
    public void set(LuaValue key, LuaValue value) {
        throw refusal(key);
    }

    @Override
    public void insert(int position, LuaValue value) {
        throw refusal(LuaValue.valueOf(position));
    }

    @Override
    public LuaValue remove(int position) {
        throw refusal(LuaValue.valueOf(position));
    }

    @Override
    public LuaValue setmetatable(LuaValue metatable) {
        throw new LuaError(name + " is read-only: its metatable cannot be set");
    }

    private LuaError refusal(LuaValue key) {
        return new LuaError(name + " is read-only: '"
                + (key instanceof LuaString text ? LuaStrings.excerpt(text) : key.tojstring()) + "' cannot be set");
    }
}
