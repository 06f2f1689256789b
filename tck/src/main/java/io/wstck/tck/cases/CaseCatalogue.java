package io.wstck.tck.cases;

import io.wstck.lua.LuaHost;
import io.wstck.lua.LuaSession;
import io.wstck.tck.catalogue.Catalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All cases of a set of files, checked. Immutable. */
public final class CaseCatalogue {
    /** A file is data and functions, which take milliseconds: this is for what never ends. */
    private static final Duration LOADING = Duration.ofSeconds(5);

    private final Map<String, TestCase> cases;

    private CaseCatalogue(Map<String, TestCase> cases) {
        this.cases = cases;
    }

    /**
     * Loads every file in globals of its own, on the calling thread, each within 5 s.
     *
     * @throws CaseFileException for the first thing that is wrong: a clause that is unknown, an id that is repeated, a field
     *     that does not fit, a file that does not come to its end
     */
    public static CaseCatalogue load(Catalogue catalogue, List<CaseFile> files) throws CaseFileException {
        return load(catalogue, files, LOADING);
    }

    /**
     * As {@link #load(Catalogue, List)}, with another limit.
     *
     * @param limit of the time that each file may take
     */
    static CaseCatalogue load(Catalogue catalogue, List<CaseFile> files, Duration limit) throws CaseFileException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("loading-limit").daemon().factory());
        try {
            return new CaseCatalogue(read(files, catalogue, new Limit(clock, limit)));
        } finally {
            clock.shutdownNow();
        }
    }

    /** Stops a session that takes too long. */
    private record Limit(ScheduledExecutorService clock, Duration limit) {
        Future<?> stops(LuaSession session) {
            String reason = "the file was still running after " + limit.toMillis() + " ms";
            return clock.schedule(() -> session.stop(reason), limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static Map<String, TestCase> read(List<CaseFile> files, Catalogue catalogue, Limit limit)
            throws CaseFileException {
        LuaHost host = LuaHost.builder().output(_ -> {}).build();
        Map<String, TestCase> cases = new LinkedHashMap<>();
        for (CaseFile file : files) {
            for (TestCase testCase : read(host, file, catalogue, limit)) {
                TestCase earlier = cases.putIfAbsent(testCase.id(), testCase);
                if (earlier != null) {
                    throw new CaseFileException(
                            testCase.position(),
                            "expected an id of its own, got \"" + testCase.id() + "\", which stands at "
                                    + earlier.position());
                }
            }
        }
        return cases;
    }

    private static List<TestCase> read(LuaHost host, CaseFile file, Catalogue catalogue, Limit limit)
            throws CaseFileException {
        List<TestCase> cases = new ArrayList<>();
        try (LuaSession session = host.open()) {
            Future<?> alarm = limit.stops(session);
            try {
                for (Declaration declaration : Declaration.all(session, file)) {
                    cases.add(new CaseReader(file, declaration, catalogue).read());
                }
            } finally {
                alarm.cancel(false);
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
