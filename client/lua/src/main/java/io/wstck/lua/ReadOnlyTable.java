package io.wstck.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A table that scripts can read and iterate but not change. Each attempt raises an error, also {@code rawset}. */
public final class ReadOnlyTable extends LuaTable {
    private final String name;

    /**
     * Copies the entries of a table.
     *
     * @param name the name of the table in errors, such as {@code websocket.CLOSE_CODES}
     * @param entries the entries to copy
     */
    @SuppressWarnings("this-escape") // Only methods of LuaTable are called, which use no field of this class.
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
        throw readOnlyError(LuaValue.valueOf(key));
    }

    @Override
    public void rawset(LuaValue key, LuaValue value) {
        throw readOnlyError(key);
    }

    @Override
    public void set(int key, LuaValue value) {
        throw readOnlyError(LuaValue.valueOf(key));
    }

    @Override
    public void set(LuaValue key, LuaValue value) {
        throw readOnlyError(key);
    }

    @Override
    public void insert(int position, LuaValue value) {
        throw readOnlyError(LuaValue.valueOf(position));
    }

    @Override
    public LuaValue remove(int position) {
        throw readOnlyError(LuaValue.valueOf(position));
    }

    @Override
    public LuaValue setmetatable(LuaValue metatable) {
        throw new LuaError(name + " is read-only: its metatable cannot be set");
    }

    private LuaError readOnlyError(LuaValue key) {
        return new LuaError(name + " is read-only: '"
                + (key instanceof LuaString text ? LuaStrings.excerpt(text) : key.tojstring()) + "' cannot be set");
    }
}
