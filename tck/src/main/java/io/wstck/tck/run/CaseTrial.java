package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.calls.HinderedException;
import io.wstck.tck.judge.Judge;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Measured;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CasePlayer.Company;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One case of one round on its way to a verdict. Only what is inconclusive is played again: a verdict about the implementation is
 * never asked for twice. For one thread at a time.
 */
final class CaseTrial {
    private static final int MAX_ATTEMPTS = 3;

    /** A script that has used up its limit again, when the others were done, would most likely use it up a third time. */
    private static final int MAX_OVERTIMES = 2;

    /** What a case that is expected to hang gets beside others; it has its whole limit when it is played again. */
    private static final Duration PROVISIONAL = Duration.ofSeconds(5);

    private final TestCase testCase;

    /** The same, with the limit of the first attempt. */
    private final TestCase shortened;

    private final int repetition;
    private final Lateness lateness;
    private final Activity activity;

    /** Where it is played when its company may be to blame. */
    private final Company apart;

    private Company next = Company.SHARED;
    private int attempts;

    /** How many of the attempts used up the whole limit of the case. */
    private int overtimes;

    private Duration duration = Duration.ZERO;

    private CaseTrial(
            TestCase testCase,
            TestCase shortened,
            Company apart,
            int repetition,
            Lateness lateness,
            Activity activity) {
        this.testCase = testCase;
        this.apart = apart;
        this.shortened = shortened;
        this.repetition = repetition;
        this.lateness = lateness;
        this.activity = activity;
    }

    /** A case that gets its whole limit each time. */
    static CaseTrial of(TestCase testCase, Company apart, int repetition, Lateness lateness, Activity activity) {
        return new CaseTrial(testCase, testCase, apart, repetition, lateness, activity);
    }

    /**
     * A case of which a deviation is known, and which can be played again in a program of its own: if it is light it does not hang for
     * long beside others.
     */
    static CaseTrial provisional(TestCase testCase, int repetition, Lateness lateness, Activity activity) {
        TestCase shortened = testCase.weight() == TestCase.Weight.LIGHT ? testCase.withLimit(PROVISIONAL) : testCase;
        return new CaseTrial(testCase, shortened, Company.ASIDE, repetition, lateness, activity);
    }

    TestCase testCase() {
        return testCase;
    }

    private record Attempt(
            Judgement judgement,
            Optional<Hindrance> hindrance,
            ScriptEnd end,
            List<Measured> measured,
            List<String> transcript,
            List<Moment> sequence,
            Optional<CaseRecord> left) {

        /** An attempt that ended before there was anything to see. */
        static Attempt without(Judgement judgement, List<String> transcript) {
            return new Attempt(
                    judgement, Optional.empty(), ScriptEnd.ENDED, List.of(), transcript, List.of(), Optional.empty());
        }
    }

    /** The result of a case that the implementation is not able to play, if it is none. */
    Optional<CaseResult> skipped(Description description) {
        TreeSet<Capability> missing = new TreeSet<>(testCase.needs());
        missing.removeAll(description.capabilities());
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(result(
                Attempt.without(Judgement.of(Verdict.SKIPPED, reason(missing, description.name())), List.of())));
    }

    private static String reason(Set<Capability> missing, String name) {
        for (Capability lua : List.of(Capability.LUA, Capability.CONSTANTS)) {
            if (missing.contains(lua)) {
                return "provided by the kit, not by " + name + ", which does not claim: " + lua.word();
            }
        }
        return name + " does not have: "
                + missing.stream().map(Capability::word).collect(Collectors.joining(", "));
    }

    /** In what company the case has to be played the next time. */
    Company next() {
        return next;
    }

    /**
     * Plays the case in the company that it {@link #next needs}.
     *
     * @return empty when it says nothing of the implementation yet, and has to be played again: what made it inconclusive may pass; and when
     *     the program that the client lives in was lost, or a call hung, another case may be to blame
     *
     * @param deaths hears whether the agent has lived through it
     */
    Optional<CaseResult> play(CasePlayer player, AgentDeaths deaths) throws InterruptedException {
        Company company = next;
        TestCase played = company == Company.SHARED ? shortened : testCase;
        long begun = System.nanoTime();
        Attempt made = attempt(player, played, company);
        tell(deaths, made, company);
        if (made.end() == ScriptEnd.OVERTIME && played.limit().equals(testCase.limit())) {
            overtimes++;
        }
        boolean cutShort = played.limit().compareTo(testCase.limit()) < 0
                && System.nanoTime() - begun >= played.limit().toNanos();
        if (cutShort
                || made.hindrance().filter(what -> mayBeAnothers(what, company)).isPresent()) {
            next = company == Company.SHARED ? apart : Company.ALONE;
            return Optional.empty();
        }
        boolean again = made.judgement().verdict() == Verdict.INCONCLUSIVE
                && attempts < MAX_ATTEMPTS
                && overtimes < MAX_OVERTIMES
                && made.hindrance().filter(CaseTrial::willNotPass).isEmpty();
        if (again && company == Company.ASIDE) {
            next = Company.ALONE;
        }
        return again ? Optional.empty() : Optional.of(result(made));
    }

    /** Cases without a server say nothing: an agent that dies at each connect lives through them. */
    private void tell(AgentDeaths deaths, Attempt made, Company company) {
        Optional<Hindrance.Lost> lost =
                made.hindrance().filter(Hindrance.Lost.class::isInstance).map(Hindrance.Lost.class::cast);
        if (lost.isEmpty() && made.left().isPresent() && testCase.servers().isPresent()) {
            deaths.finished();
        } else if (company == Company.SHARED) {
            lost.filter(gone -> gone.how() == Hindrance.How.DIED).ifPresent(deaths::died);
        }
    }

    /** A program of its own cannot hang for another's sake, but the machine can end it for want of memory. */
    private static boolean mayBeAnothers(Hindrance hindrance, Company company) {
        return switch (hindrance) {
            case Hindrance.Lost lost ->
                company == Company.SHARED || (company == Company.ASIDE && lost.how() == Hindrance.How.DIED);
            case Hindrance.Hangs _ -> company == Company.SHARED;
            case Hindrance.Unsupported _, Hindrance.Trouble _ -> false;
        };
    }

    private static boolean willNotPass(Hindrance hindrance) {
        return hindrance instanceof Hindrance.Lost;
    }

    private Attempt attempt(CasePlayer player, TestCase testCase, Company company) throws InterruptedException {
        long begun = System.nanoTime();
        // A script of an attempt before may still be running.
        Activity own = attempts == 0 ? activity : new Activity();
        attempts++;
        try {
            CasePlayer.Played played = player.play(testCase, company, lateness, own);
            return new Attempt(
                    judgement(played),
                    played.hindrance(),
                    played.end(),
                    played.evidence().measured(),
                    transcript(played),
                    played.sequence(),
                    left(played));
        } catch (HinderedException e) {
            return Attempt.without(Judgement.of(Verdict.INCONCLUSIVE, e.getMessage()), List.of());
        } catch (RuntimeException | Error e) {
            // The kit's own failure must cost this case only, also one of the JVM's; it is told as what it is.
            return Attempt.without(Judgement.of(Verdict.INCONCLUSIVE, "the kit failed: " + SafeText.of(e)), stack(e));
        } finally {
            duration = duration.plusNanos(System.nanoTime() - begun);
        }
    }

    /** Nothing where the judgement rests on what became of the program that the client lives in. */
    private static Optional<CaseRecord> left(CasePlayer.Played played) {
        boolean judged = played.hindrance().isEmpty() || played.hindrance().get() instanceof Hindrance.Hangs;
        return judged ? Optional.of(played.left()) : Optional.empty();
    }

    private Judgement judgement(CasePlayer.Played played) {
        if (played.hindrance().isEmpty()) {
            return Judge.judge(testCase.level(), played.evidence());
        }
        return switch (played.hindrance().get()) {
            case Hindrance.Unsupported(String what) -> Judgement.of(Verdict.SKIPPED, what);
            case Hindrance.Trouble(String what) -> Judgement.of(Verdict.INCONCLUSIVE, what);
            case Hindrance.Hangs _ -> Judge.judge(testCase.level(), played.evidence());
            case Hindrance.Lost lost -> lost(lost);
        };
    }

    /** Judged only when the case was alone: beside others any of them may have been the cause. */
    private Judgement lost(Hindrance.Lost lost) {
        return switch (lost.how()) {
            case DIED ->
                Judge.died(lost.what()
                        + (lost.said().isEmpty()
                                ? ""
                                : ", after it said: " + lost.said().getLast()));
            case DISMISSED, HUNG, MISBEHAVED -> Judgement.of(Verdict.INCONCLUSIVE, lost.what());
        };
    }

    private static List<String> transcript(CasePlayer.Played played) {
        List<String> lines = new ArrayList<>(played.transcript());
        played.hindrance().ifPresent(hindrance -> {
            lines.add("     kit       " + hindrance.what());
            if (hindrance instanceof Hindrance.Lost lost) {
                lost.said().forEach(line -> lines.add("     agent     " + line));
            }
        });
        return lines;
    }

    private CaseResult result(Attempt made) {
        return new CaseResult(
                testCase,
                made.judgement(),
                repetition,
                attempts,
                duration,
                made.measured(),
                made.transcript(),
                made.sequence(),
                made.left());
    }

    private static List<String> stack(Throwable failure) {
        List<String> lines = new ArrayList<>();
        lines.add(SafeText.of(failure));
        for (StackTraceElement element : failure.getStackTrace()) {
            lines.add("  at " + element);
        }
        return lines;
    }
}
