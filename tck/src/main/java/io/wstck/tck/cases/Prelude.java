package io.wstck.tck.cases;

import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The kit's own Lua: the words of case files, and the checks of both witnesses. Stateless. */
public final class Prelude {
    private static final String FOLDER = "prelude/";

    private static final LuaScript WORDS = compile("words.lua");
    private static final LuaScript CHECKS = compile("checks.lua");
    private static final LuaScript SCRIPT = compile("script.lua");
    private static final LuaScript WIRE = compile("wire.lua");
    private static final List<String> FOR_AGENTS = List.of("agent.lua", "words.lua", "checks.lua", "script.lua");

    private Prelude() {}

    /** A witness in one session: the object its function is called with, and the value that a failed check raises. */
    public record Witness(LuaValue object, LuaValue stopped) {}

    /**
     * Gives a session the words of case files; what the file then declares is collected in the list returned.
     *
     * @param wanted the only case to collect; absent: all
     */
    static LuaTable installWords(LuaSession session, Optional<String> wanted) {
        LuaTable words = session.run(WORDS).arg1().checktable();
        wanted.ifPresent(id -> session.call(words.get("want"), LuaStrings.of(id)));
        LuaTable globals = words.get("globals").checktable();
        LuaValue key = LuaValue.NIL;
        for (Varargs entry = globals.next(key); !entry.isnil(1); entry = globals.next(entry.arg1())) {
            session.globals().rawset(entry.arg1(), entry.arg(2));
        }
        return words.get("cases").checktable();
    }

    /** Makes {@code t} on top of what the kit offers it. */
    public static Witness script(LuaSession session, LuaTable host) {
        return witness(session, host, SCRIPT);
    }

    /** Makes {@code w} on top of what the kit offers it. */
    public static Witness wire(LuaSession session, LuaTable host) {
        return witness(session, host, WIRE);
    }

    /** The files that play a script in another Lua, by name: the same that are used here, and {@code agent.lua}, where to begin. */
    public static Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        FOR_AGENTS.forEach(name -> sources.put(name, read(name)));
        return sources;
    }

    private static Witness witness(LuaSession session, LuaTable host, LuaScript script) {
        LuaTable checks = session.run(CHECKS).arg1().checktable();
        LuaValue make = session.run(script).arg1();
        LuaValue object = session.call(make, LuaValue.varargsOf(checks, host)).arg1();
        return new Witness(object, checks.get(LuaStrings.of("stopped")));
    }

    /** Whether a chunk of that name is the kit's own, as opposed to a case file. */
    public static boolean isPart(String chunk) {
        return chunk.startsWith(FOLDER);
    }

    private static LuaScript compile(String name) {
        try {
            return LuaScript.compile(FOLDER + name, read(name));
        } catch (LuaSyntaxException e) {
            throw new IllegalStateException(FOLDER + name + " is no Lua: " + e.getMessage(), e);
        }
    }

    private static String read(String name) {
        String resource = "/io/wstck/tck/" + FOLDER + name;
        try (InputStream in = Prelude.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("expected " + resource + " on the class path, found nothing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
