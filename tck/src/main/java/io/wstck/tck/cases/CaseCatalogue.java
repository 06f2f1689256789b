package io.wstck.tck.cases;

import io.wstck.lua.LuaHost;
import io.wstck.lua.LuaSession;
import io.wstck.tck.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All cases of a set of files, checked. Immutable. */
public final class CaseCatalogue {
    private final Map<String, TestCase> cases;

    private CaseCatalogue(Map<String, TestCase> cases) {
        this.cases = cases;
    }

    /**
     * Loads every file in globals of its own.
     *
     * @throws CaseFileException for the first thing that is wrong: a clause that is unknown, an id that is repeated, a field
     *     that does not fit
     */
    public static CaseCatalogue load(Catalogue catalogue, List<CaseFile> files) throws CaseFileException {
        LuaHost host = LuaHost.builder().build();
        Map<String, TestCase> cases = new LinkedHashMap<>();
        for (CaseFile file : files) {
            for (TestCase testCase : read(host, file, catalogue)) {
                TestCase earlier = cases.putIfAbsent(testCase.id(), testCase);
                if (earlier != null) {
                    throw new CaseFileException(
                            testCase.position(),
                            "expected an id of its own, got \"" + testCase.id() + "\", which stands at " + earlier.position());
                }
            }
        }
        return new CaseCatalogue(cases);
    }

    private static List<TestCase> read(LuaHost host, CaseFile file, Catalogue catalogue) throws CaseFileException {
        List<TestCase> cases = new ArrayList<>();
        try (LuaSession session = host.open()) {
            for (Declaration declaration : Declaration.all(session, file)) {
                cases.add(new CaseReader(file, declaration, catalogue).read());
            }
        }
        return cases;
    }

    /** In the order of files and lines. */
    public List<TestCase> cases() {
        return List.copyOf(cases.values());
    }

    public Optional<TestCase> testCase(String id) {
        return Optional.ofNullable(cases.get(id));
    }
}
