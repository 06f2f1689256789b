package io.wstck.tck.cases;

import io.wstck.lua.LuaSession;
import io.wstck.lua.host.LuaHost;
import io.wstck.tck.catalogue.ClauseCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Loads and validates all cases of a set of files, and finds a case by its id. Immutable. */
public final class CaseCatalogue {
    /**
     * Limit of processor time for one file. A file contains data and functions, which load in milliseconds; the limit
     * stops endless loops.
     */
    private static final Duration LOAD_LIMIT = Duration.ofSeconds(5);

    /** The limit of elapsed time, as a multiple of the limit of processor time. */
    private static final int ELAPSED_FACTOR = 12;

    private final Map<String, TestCase> cases;

    private CaseCatalogue(Map<String, TestCase> cases) {
        this.cases = cases;
    }

    /**
     * Loads each file in its own globals, on the calling thread, with a limit of 5 s of processor time and of
     * 60 s in all per file.
     *
     * @throws CaseFileException for the first error: an unknown clause, a repeated id, an invalid field, or a file that
     * does not end
     */
    public static CaseCatalogue load(ClauseCatalogue catalogue, List<CaseFile> files) throws CaseFileException {
        return load(catalogue, files, LOAD_LIMIT);
    }

    /**
     * Loads the files with another limit.
     *
     * @param limit the processor time for each file
     */
    static CaseCatalogue load(ClauseCatalogue catalogue, List<CaseFile> files, Duration limit)
            throws CaseFileException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("loading-limit").daemon().factory());
        try {
            return new CaseCatalogue(read(
                    files,
                    catalogue,
                    new LoadLimit(clock, limit, limit.multipliedBy(ELAPSED_FACTOR), LoadLimit::processorTime)));
        } finally {
            clock.shutdownNow();
        }
    }

    private static Map<String, TestCase> read(List<CaseFile> files, ClauseCatalogue catalogue, LoadLimit limit)
            throws CaseFileException {
        LuaHost host = LuaHost.builder().output(_ -> {}).build();
        Map<String, TestCase> cases = new LinkedHashMap<>();
        for (CaseFile file : files) {
            for (TestCase testCase : read(host, file, catalogue, limit)) {
                TestCase earlier = cases.putIfAbsent(testCase.id(), testCase);
                if (earlier != null) {
                    throw new CaseFileException(
                            testCase.position(),
                            "expected a unique id, got \"" + testCase.id() + "\", which is also at "
                                    + earlier.position());
                }
            }
        }
        return cases;
    }

    private static List<TestCase> read(LuaHost host, CaseFile file, ClauseCatalogue catalogue, LoadLimit limit)
            throws CaseFileException {
        List<TestCase> cases = new ArrayList<>();
        try (LuaSession session = host.open();
                LoadLimit.LimitedLoad _ = limit.begin(session)) {
            for (CaseDeclaration declaration : CaseDeclaration.all(session, file)) {
                cases.add(new CaseReader(file, declaration, catalogue).read());
            }
        }
        return cases;
    }

    /** Returns the cases in order of files and lines. */
    public List<TestCase> cases() {
        return List.copyOf(cases.values());
    }

    public Optional<TestCase> testCase(String id) {
        return Optional.ofNullable(cases.get(id));
    }
}
