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
 * A case as its file declares it: the id, the line, and the table with its fields and functions, as Lua values of one
 * session. For the thread that runs the session.
 *
 * @param id the value that the file gives as the id, of any type
 */
public record CaseDeclaration(LuaValue id, Position position, LuaValue fields) {

    /**
     * Runs a case file in a session and returns its declarations in order.
     *
     * @throws CaseFileException if the file raises an error
     */
    static List<CaseDeclaration> all(LuaSession session, CaseFile file) throws CaseFileException {
        return load(session, file, Optional.empty());
    }

    private static List<CaseDeclaration> load(LuaSession session, CaseFile file, Optional<String> wanted)
            throws CaseFileException {
        LuaTable cases;
        try {
            // This runs inside the time limit of the file too.
            cases = Prelude.installWords(session, wanted);
            session.run(file.script());
        } catch (LuaFailure e) {
            throw new CaseFileException(
                    parse(e.position(), file), "expected data and functions, got an error: " + e.message());
        }
        List<CaseDeclaration> declarations = new ArrayList<>();
        for (int index = 1; index <= cases.rawlen(); index++) {
            LuaTable entry = cases.rawget(index).checktable();
            String at = LuaStrings.text(entry.rawget("position").checkstring());
            declarations.add(new CaseDeclaration(entry.rawget("id"), parse(at, file), entry.rawget("fields")));
        }
        return declarations;
    }

    /** Returns the declaration of one case. It exists, because the file was loaded before. */
    public static CaseDeclaration of(LuaSession session, TestCase testCase) {
        List<CaseDeclaration> declared;
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

    /** Returns the function in a field, if the field is a function. */
    public Optional<LuaFunction> function(String name) {
        return fields.checktable().rawget(name) instanceof LuaFunction function
                ? Optional.of(function)
                : Optional.empty();
    }

    private static Position parse(String at, CaseFile file) {
        int colon = at.lastIndexOf(':');
        if (colon < 0 || Prelude.isPreludeChunk(at)) {
            return new Position(file.path(), 0);
        }
        try {
            return new Position(at.substring(0, colon), Integer.parseInt(at.substring(colon + 1)));
        } catch (NumberFormatException e) {
            return new Position(file.path(), 0);
        }
    }
}
