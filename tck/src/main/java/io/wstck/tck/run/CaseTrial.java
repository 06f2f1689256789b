package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.calls.HinderedException;
import io.wstck.tck.judge.AdapterHints;
import io.wstck.tck.judge.Judge;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Listing;
import io.wstck.tck.judge.Measured;
import io.wstck.tck.judge.Notes;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.run.CasePlayer.Company;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One case of one round on its way to a verdict. A verdict about the implementation is believed at once, unless it rests on a time limit
 * and other cases were in the same program: then the case is played again, apart from them. For one thread at a time.
 */
final class CaseTrial {
    private static final int MAX_ATTEMPTS = 3;

    /** A script that has used up its limit again, when the others were done, would most likely use it up a third time. */
    private static final int MAX_OVERTIMES = 2;

    /** What a case that is expected to hang gets beside others; it has its whole limit when it is played again. */
    private static final Duration PROVISIONAL = Duration.ofSeconds(5);

    /** When that many findings of a slow machine were found again, the client is to blame for the others, too. */
    private static final int ENOUGH_CONFIRMED = 3;

    private final TestCase testCase;

    /** The same, with the limit of the first attempt. */
    private final TestCase shortened;

    private final Setting setting;
    private final int repetition;
    private final Activity activity;

    /** What each attempt was judged that was not the last one. */
    private final List<Judgement> earlier = new ArrayList<>();

    private Company next = Company.SHARED;
    private int attempts;

    /** How many of the attempts used up the whole limit of the case. */
    private int overtimes;

    private Duration duration = Duration.ZERO;

    /** The first attempt, if it had a finding that the machine may be to blame for. */
    private Optional<Attempt> suspect = Optional.empty();

    /**
     * What the cases of a round have in common.
     *
     * @param apart where a case is played when its company may be to blame
     * @param home where the client runs
     * @param known what the client is known to do otherwise
     * @param confirmed how many findings that a slow machine may be to blame for were found again
     */
    record Setting(
            Company apart,
            Implementation.Home home,
            KnownDeviations known,
            Lateness lateness,
            AtomicInteger confirmed) {}

    private CaseTrial(TestCase testCase, TestCase shortened, Setting setting, int repetition, Activity activity) {
        this.testCase = testCase;
        this.shortened = shortened;
        this.setting = setting;
        this.repetition = repetition;
        this.activity = activity;
    }

    /** A case that gets its whole limit each time. */
    static CaseTrial of(TestCase testCase, Setting setting, int repetition, Activity activity) {
        return new CaseTrial(testCase, testCase, setting, repetition, activity);
    }

    /**
     * A case of which a deviation is known, and which can be played again in a program of its own: if it is light it does not hang for
     * long beside others.
     */
    static CaseTrial provisional(TestCase testCase, Setting setting, int repetition, Activity activity) {
        TestCase shortened = testCase.weight() == TestCase.Weight.LIGHT ? testCase.withLimit(PROVISIONAL) : testCase;
        return new CaseTrial(testCase, shortened, setting, repetition, activity);
    }

    TestCase testCase() {
        return testCase;
    }

    /**
     * An attempt.
     *
     * @param late whether a time limit is what failed first
     * @param gaveUp whether a call of the client was given up: it did not return when it was stopped either
     */
    private record Attempt(
            Judgement judgement,
            Optional<Hindrance> hindrance,
            ScriptEnd end,
            boolean late,
            boolean gaveUp,
            List<Measured> measured,
            List<String> transcript,
            List<Moment> sequence,
            Optional<CaseRecord> left) {

        /** An attempt that ended before there was anything to see. */
        static Attempt without(Judgement judgement, List<String> transcript) {
            return new Attempt(
                    judgement,
                    Optional.empty(),
                    ScriptEnd.ENDED,
                    false,
                    false,
                    List.of(),
                    transcript,
                    List.of(),
                    Optional.empty());
        }
    }

    /** The result of a case that the implementation is not able to play, if it is none. */
    Optional<CaseResult> skipped(Implementation implementation) throws InterruptedException {
        Optional<String> unmet = UnmetNeeds.of(testCase.needs(), implementation.description());
        return (unmet.isPresent() ? unmet : nameProblem(implementation))
                .map(reason -> result(Attempt.without(Judgement.of(Verdict.SKIPPED, reason), List.of())));
    }

    private Optional<String> nameProblem(Implementation implementation) throws InterruptedException {
        for (String host : testCase.hosts()) {
            Optional<String> problem = implementation.nameProblem(host);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
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
        if (suspect.isPresent() && setting.confirmed().get() >= ENOUGH_CONFIRMED) {
            earlier.clear();
            return Optional.of(result(suspect.get()));
        }
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
        if (cutShort) {
            return again(setting.apart(), undecided(played, made));
        }
        if (made.hindrance().filter(what -> mayBeAnothers(what, company)).isPresent()) {
            return again(company == Company.SHARED ? setting.apart() : Company.ALONE, believable(made));
        }
        if (company == Company.SHARED && mayBeLateForOthers(made)) {
            return again(setting.apart(), made.judgement());
        }
        if (attempts == 1 && mayBeTheMachine(made, begun)) {
            suspect = Optional.of(made);
            return again(Company.SHARED, made.judgement());
        }
        boolean inconclusive = made.judgement().verdict() == Verdict.INCONCLUSIVE
                && attempts < MAX_ATTEMPTS
                && overtimes < MAX_OVERTIMES
                && made.hindrance().filter(CaseTrial::willNotPass).isEmpty();
        if (inconclusive) {
            return again(company == Company.ASIDE ? Company.ALONE : company, made.judgement());
        }
        if (suspect.isPresent() && made.judgement().isFinding()) {
            setting.confirmed().incrementAndGet();
        }
        return Optional.of(result(made));
    }

    private Optional<CaseResult> again(Company company, Judgement judgement) {
        next = company;
        earlier.add(judgement);
        return Optional.empty();
    }

    private static Judgement undecided(TestCase played, Attempt made) {
        return Judgement.of(
                Verdict.INCONCLUSIVE,
                "undecided when its first " + played.limit().toMillis() + " ms were over: "
                        + made.judgement().reason());
    }

    /** The end of a program that cases share says nothing of any of them. */
    private static Judgement believable(Attempt made) {
        return made.hindrance().orElseThrow() instanceof Hindrance.Lost lost
                ? Judgement.of(Verdict.INCONCLUSIVE, lost.what())
                : made.judgement();
    }

    /**
     * Whether a failure may be another case's that kept the program busy. A case that waits for a clock is about time itself. A failure
     * that is listed as known needs no second look.
     */
    private boolean mayBeLateForOthers(Attempt made) {
        return setting.home() == Implementation.Home.OTHER_PROGRAM
                && testCase.weight() != TestCase.Weight.WAITING
                && made.late()
                && made.judgement().failsWhereItBinds()
                && setting.known().hold(testCase.id(), made.judgement()).listing() != Listing.AS_LISTED;
    }

    /**
     * Whether a finding may be due to a machine that gives this JVM too little of its processors: the client and the server share them. The
     * case is then played again when the others are done.
     */
    private boolean mayBeTheMachine(Attempt made, long begun) {
        long now = System.nanoTime();
        return setting.home() == Implementation.Home.THIS_JVM
                && made.judgement().isFinding()
                && !made.gaveUp()
                && Duration.ofNanos(now - begun).compareTo(testCase.limit().dividedBy(2)) >= 0
                && setting.lateness().worst(begun, now).compareTo(Lateness.SLOWING) > 0
                && setting.confirmed().get() < ENOUGH_CONFIRMED;
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
            CasePlayer.Played played = player.play(testCase, company, setting.lateness(), own);
            return new Attempt(
                    judgement(played),
                    played.hindrance(),
                    played.end(),
                    played.late(),
                    played.gaveUp(),
                    played.evidence().measured(),
                    transcript(played),
                    played.sequence(),
                    left(played));
        } catch (UnplayableException e) {
            return Attempt.without(Judgement.of(Verdict.SKIPPED, e.getMessage()), List.of());
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
            return Judge.judge(testCase.level(), played.level(), played.evidence());
        }
        return switch (played.hindrance().get()) {
            case Hindrance.Unsupported(String what) -> Judgement.of(Verdict.SKIPPED, what);
            case Hindrance.Trouble(String what) ->
                Judgement.of(Verdict.INCONCLUSIVE, what).noted(new Notes(List.of(), Optional.of(AdapterHints.TROUBLE)));
            case Hindrance.Hangs _ -> Judge.judge(testCase.level(), played.level(), played.evidence());
            case Hindrance.Lost lost -> lost(lost);
        };
    }

    /** Judged only when the case was alone: beside others any of them may have been the cause. */
    private static Judgement lost(Hindrance.Lost lost) {
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
                made.left(),
                earlier);
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
