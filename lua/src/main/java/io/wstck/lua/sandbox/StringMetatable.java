package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import java.util.Optional;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.StringLib;

/**
 * The metatable of strings, of which LuaJ has one for the whole JVM. While a session is open it is this one. On a thread that
 * runs a session it gives that session's string methods. On any other thread it acts as the metatable that was there before, so
 * that programs that use LuaJ beside the sessions keep theirs. When the last session is closed, theirs is put back.
 */
final class StringMetatable extends LuaTable {
    private static final StringMetatable SHARED = new StringMetatable();
    private static final LuaString PROTECTION = LuaStrings.of("__metatable");

    /** The metatable for all other threads. */
    private volatile LuaValue others = LuaValue.NIL;

    /** Whether another thread has looked something up. */
    private volatile boolean usedByOthers;

    /** What to put back when the last session is closed; empty when LuaJ had none. Guarded by the class. */
    private Optional<LuaValue> replaced = Optional.empty();

    /** Open sessions. Guarded by the class. */
    private int sessions;

    private StringMetatable() {}

    /** A session is opened. Any thread. */
    static synchronized void acquire() {
        SHARED.sessions++;
        SHARED.install();
    }

    /** A session is closed; to be called once for each {@link #acquire}. Any thread. */
    static synchronized void release() {
        SHARED.sessions--;
        if (SHARED.sessions == 0 && isInstalled()) {
            SHARED.uninstall();
        }
    }

    /** Takes the place of a metatable that another program has set since. */
    static void ensureInstalled() {
        if (!isInstalled()) {
            reinstall();
        }
    }

    private static synchronized void reinstall() {
        SHARED.install();
    }

    private void install() {
        if (isInstalled()) {
            return;
        }
        replaced = Optional.ofNullable(LuaString.s_metatable);
        usedByOthers = false;
        others = replaced.orElseGet(StringMetatable::stock);
        LuaString.s_metatable = this;
    }

    /**
     * Where LuaJ had no metatable but another program has used string methods meanwhile, it has loaded the string library, which
     * would have set a metatable if this one had not been there.
     */
    private void uninstall() {
        LuaString.s_metatable = replaced.isEmpty() && !usedByOthers ? null : others;
        replaced = Optional.empty();
        others = LuaValue.NIL;
    }

    /** The metatable that LuaJ's string library sets when it is loaded into the first globals of a JVM. */
    private static LuaValue stock() {
        Globals globals = new Globals();
        LuaTable packages = new LuaTable();
        packages.rawset("loaded", new LuaTable());
        globals.rawset("package", packages);
        LuaTable metatable = new LuaTable();
        metatable.rawset(INDEX, new StringLib().call(NIL, globals));
        return metatable;
    }

    @Override
    public LuaValue rawget(LuaValue key) {
        Optional<Execution> session = Execution.current();
        if (session.isPresent()) {
            return key.raweq(INDEX) ? session.get().stringMethods() : key.raweq(PROTECTION) ? FALSE : NIL;
        }
        usedByOthers = true;
        LuaValue found = others.rawget(key);
        // So that getmetatable gives the metatable that was set, and not this one.
        return found.isnil() && key.raweq(PROTECTION) ? others : found;
    }

    @Override
    public LuaValue rawget(int key) {
        return rawget(LuaValue.valueOf(key));
    }

    @Override
    public LuaValue get(LuaValue key) {
        return inSession() ? rawget(key) : others.get(key);
    }

    @Override
    public LuaValue get(int key) {
        return get(LuaValue.valueOf(key));
    }

    @Override
    public void rawset(LuaValue key, LuaValue value) {
        writable().rawset(key, value);
    }

    @Override
    public void rawset(int key, LuaValue value) {
        writable().rawset(key, value);
    }

    @Override
    public void set(LuaValue key, LuaValue value) {
        writable().set(key, value);
    }

    @Override
    public void set(int key, LuaValue value) {
        writable().set(key, value);
    }

    @Override
    public Varargs next(LuaValue key) {
        return inSession() ? NIL : others.next(key);
    }

    @Override
    public LuaValue getmetatable() {
        return inSession() ? null : others.getmetatable();
    }

    @Override
    public LuaValue setmetatable(LuaValue metatable) {
        writable().setmetatable(metatable);
        return this;
    }

    private LuaValue writable() {
        if (inSession()) {
            throw new LuaError("the metatable of strings cannot be changed");
        }
        return others;
    }

    private static boolean isInstalled() {
        return LuaString.s_metatable instanceof StringMetatable;
    }

    private static boolean inSession() {
        return Execution.current().isPresent();
    }
}
