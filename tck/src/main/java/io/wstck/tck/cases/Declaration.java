package io.wstck.tck.cases;

import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * A case as its file declares it, in one session: its id, where it stands, and its fields. For the thread that runs the session.
 *
 * @param id whatever the file gave as the id
 */
public record Declaration(LuaValue id, Position position, LuaValue fields) {

    /**
     * Runs a case file in a session and lists what it declares, in order.
     *
     * @throws CaseFileException when the file raises an error
     */
    static List<Declaration> all(LuaSession session, CaseFile file) throws CaseFileException {
        return load(session, file, Optional.empty());
    }

    private static List<Declaration> load(LuaSession session, CaseFile file, Optional<String> wanted)
            throws CaseFileException {
        LuaTable cases;
        try {
            // Within the time limit of the file, and so stopped by it, too.
            cases = Prelude.installWords(session, wanted);
            session.run(file.script());
        } catch (LuaFailure e) {
            throw new CaseFileException(
                    parse(e.position(), file), "expected data and functions, got an error: " + e.message());
        }
        List<Declaration> declarations = new ArrayList<>();
        for (int index = 1; index <= cases.rawlen(); index++) {
            LuaTable entry = cases.rawget(index).checktable();
            String at = LuaStrings.text(entry.rawget("position").checkstring());
            declarations.add(new Declaration(entry.rawget("id"), parse(at, file), entry.rawget("fields")));
        }
        return declarations;
    }

    /** The declaration of one case. The file was loaded before, so it is there. */
    public static Declaration of(LuaSession session, TestCase testCase) {
        List<Declaration> declared;
        try {
            declared = load(session, testCase.file(), Optional.of(testCase.id()));
        } catch (CaseFileException e) {
            throw new IllegalStateException(
                    "the file of " + testCase.id() + " loaded once, but not again: " + e.getMessage(), e);
        }
        if (declared.size() == 1) {
            return declared.getFirst();
        }
        throw new IllegalStateException("expected " + testCase.file().path() + " to declare " + testCase.id()
                + " each time it is loaded; this time it is there " + declared.size() + " times");
    }

    /** A function among the fields. */
    public Optional<LuaFunction> function(String name) {
        return fields.checktable().rawget(name) instanceof LuaFunction function
                ? Optional.of(function)
                : Optional.empty();
    }

    private static Position parse(String at, CaseFile file) {
        int colon = at.lastIndexOf(':');
        if (colon < 0 || Prelude.isPart(at)) {
            return new Position(file.path(), 0);
        }
        try {
            return new Position(at.substring(0, colon), Integer.parseInt(at.substring(colon + 1)));
        } catch (NumberFormatException e) {
            return new Position(file.path(), 0);
        }
    }
}
