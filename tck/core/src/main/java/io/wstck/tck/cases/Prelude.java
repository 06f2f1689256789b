package io.wstck.tck.cases;

import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaSyntaxException;
import io.wstck.server.text.NearestNames;
import io.wstck.server.text.ResourceText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Installs the kit's own Lua code in sessions: the words of case files, and the objects {@code t} and {@code w} with
 * the checks. Stateless.
 */
public final class Prelude {
    private static final String FOLDER = "prelude/";

    private static final LuaScript WORDS = compile("words.lua");
    private static final LuaScript CHECKS = compile("checks.lua");
    private static final LuaScript SCRIPT = compile("script.lua");
    private static final LuaScript WIRE = compile("wire.lua");
    private static final List<String> FOR_AGENTS = List.of("agent.lua", "words.lua", "checks.lua", "script.lua");

    private Prelude() {}

    /** The Lua object of a witness, {@code t} or {@code w}, and the value that its failed checks raise. */
    public record CheckObject(LuaValue object, LuaValue stopValue) {}

    /**
     * Adds the words of case files to the globals of a session.
     *
     * @param wanted id of the only case to collect; absent: all
     * @return the list that collects the declarations of the file
     */
    static LuaTable installWords(LuaSession session, Optional<String> wanted) {
        LuaTable words = session.run(WORDS).arg1().checktable();
        wanted.ifPresent(id -> session.call(words.get("want"), LuaStrings.of(id)));
        LuaTable globals = words.get("globals").checktable();
        LuaValue key = LuaValue.NIL;
        for (Varargs entry = globals.next(key); !entry.isnil(1); entry = globals.next(entry.arg1())) {
            session.globals().rawset(entry.arg1(), entry.arg(2));
        }
        if (wanted.isEmpty()) {
            // Only a file that is checked. When a case is played, its script may look for globals that do not exist.
            session.call(
                    words.get("require_known"),
                    LuaValue.varargsOf(session.globals(), LuaFunctions.of("question", Prelude::question)));
        }
        return words.get("cases").checktable();
    }

    /** Returns the question about an unknown name. The second argument has the known names, with spaces between. */
    private static LuaValue question(Varargs arguments) {
        List<String> known = List.of(LuaStrings.text(arguments.checkstring(2)).split(" "));
        return LuaStrings.of(NearestNames.question(LuaStrings.text(arguments.checkstring(1)), known));
    }

    /** Creates {@code t}. The host table has the functions of the kit that it uses. */
    public static CheckObject script(LuaSession session, LuaTable host) {
        return witness(session, host, SCRIPT);
    }

    /** Creates {@code w}. The host table has the functions of the kit that it uses. */
    public static CheckObject wire(LuaSession session, LuaTable host) {
        return witness(session, host, WIRE);
    }

    /**
     * Returns the files that run a script in another Lua, by name. {@code agent.lua} is the entry point; the others are
     * the files that the kit uses too.
     */
    public static Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        FOR_AGENTS.forEach(name -> sources.put(name, read(name)));
        return sources;
    }

    private static CheckObject witness(LuaSession session, LuaTable host, LuaScript script) {
        LuaFunctions.put(host, "question", Prelude::question);
        LuaTable checks = session.run(CHECKS).arg1().checktable();
        LuaValue make = session.run(script).arg1();
        LuaValue object = session.call(make, LuaValue.varargsOf(checks, host)).arg1();
        return new CheckObject(object, checks.get(LuaStrings.of("stopped")));
    }

    /** Returns whether a chunk of this name belongs to the kit. Other chunks are case files. */
    public static boolean isPreludeChunk(String chunk) {
        return chunk.startsWith(FOLDER);
    }

    private static LuaScript compile(String name) {
        try {
            return LuaScript.compile(FOLDER + name, read(name));
        } catch (LuaSyntaxException e) {
            throw new IllegalStateException(FOLDER + name + " is not Lua: " + e.getMessage(), e);
        }
    }

    private static String read(String name) {
        return ResourceText.read(Prelude.class, "/io/wstck/tck/" + FOLDER + name);
    }
}
