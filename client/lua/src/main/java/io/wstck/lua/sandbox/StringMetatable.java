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
 * Replaces LuaJ's metatable of strings, of which there is one per JVM, while a session is open. On a thread that runs a
 * session it gives that session's string methods. On any other thread it acts as the earlier metatable, for programs
 * that use LuaJ beside the sessions. When the last session is closed, it restores the earlier metatable.
 */
final class StringMetatable extends LuaTable {
    private static final StringMetatable SHARED = new StringMetatable();
    private static final LuaString PROTECTION = LuaStrings.of("__metatable");

    /** The metatable for all other threads. */
    private volatile LuaValue earlier = LuaValue.NIL;

    /** Whether another thread has looked up a method. */
    private volatile boolean usedByOthers;

    /** The metatable to restore when the last session is closed; empty when LuaJ had none. Guarded by the class. */
    private Optional<LuaValue> replaced = Optional.empty();

    /** The number of open sessions. Guarded by the class. */
    private int sessions;

    private StringMetatable() {}

    /** Records that a session is opened. Any thread may call it. */
    static synchronized void acquire() {
        SHARED.sessions++;
        SHARED.install();
    }

    /** Records that a session is closed; called once for each {@link #acquire}. Any thread may call it. */
    static synchronized void release() {
        SHARED.sessions--;
        if (SHARED.sessions == 0 && isInstalled()) {
            SHARED.uninstall();
        }
    }

    /** Replaces a metatable that another program has set meanwhile. */
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
        earlier = replaced.orElseGet(StringMetatable::stock);
        LuaString.s_metatable = this;
    }

    /**
     * Restores the earlier metatable. If LuaJ had none, but another program has used string methods meanwhile, the
     * stock one is set: the string library would have set it.
     */
    private void uninstall() {
        LuaString.s_metatable = replaced.isEmpty() && !usedByOthers ? null : earlier;
        replaced = Optional.empty();
        earlier = LuaValue.NIL;
    }

    /** Returns the metatable that LuaJ's string library sets when it is first loaded in a JVM. */
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
        Optional<ScriptExecution> session = ScriptExecution.current();
        if (session.isPresent()) {
            return key.raweq(INDEX) ? session.get().stringMethods() : key.raweq(PROTECTION) ? FALSE : NIL;
        }
        usedByOthers = true;
        LuaValue found = earlier.rawget(key);
        // Makes getmetatable return the metatable that was set, and not this one.
        return found.isnil() && key.raweq(PROTECTION) ? earlier : found;
    }

    @Override
    public LuaValue rawget(int key) {
        return rawget(LuaValue.valueOf(key));
    }

    @Override
    public LuaValue get(LuaValue key) {
        return inSession() ? rawget(key) : earlier.get(key);
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
        return inSession() ? NIL : earlier.next(key);
    }

    @Override
    public LuaValue getmetatable() {
        return inSession() ? null : earlier.getmetatable();
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
        return earlier;
    }

    private static boolean isInstalled() {
        return LuaString.s_metatable instanceof StringMetatable;
    }

    private static boolean inSession() {
        return ScriptExecution.current().isPresent();
    }
}
