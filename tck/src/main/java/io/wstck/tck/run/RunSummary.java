package io.wstck.tck.run;

import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param verdicts how many case results have each verdict; every verdict has an entry
 * @param judged how many results of cases that bind in the profile are a verdict about the implementation
 * @param binding how many results of cases that bind in the profile there were, skipped ones left out
 * @param contracts the verdict on each contract, in their order
 * @param unstable ids of cases whose verdict was not the same in every repetition, or in each attempt that had one
 * @param outdated ids of cases that are listed as known deviations, and did not fail
 * @param early why the run ended before all cases were played, if the kit ended it
 * @param remarks on the run as a whole, a line each: calls of the client that have not returned
 */
public record RunSummary(
        Map<Verdict, Integer> verdicts,
        int judged,
        int binding,
        List<ContractVerdict> contracts,
        List<String> unstable,
        List<String> outdated,
        Conclusion conclusion,
        Duration duration,
        Optional<EarlyEnd> early,
        List<String> remarks) {
    public RunSummary {
        verdicts = Map.copyOf(verdicts);
        contracts = List.copyOf(contracts);
        unstable = List.copyOf(unstable);
        outdated = List.copyOf(outdated);
        remarks = List.copyOf(remarks);
    }

    /** A summary without remarks, of a run that the kit did not end early. */
    public RunSummary(
            Map<Verdict, Integer> verdicts,
            int judged,
            int binding,
            List<ContractVerdict> contracts,
            List<String> unstable,
            List<String> outdated,
            Conclusion conclusion,
            Duration duration) {
        this(
                verdicts,
                judged,
                binding,
                contracts,
                unstable,
                outdated,
                conclusion,
                duration,
                Optional.empty(),
                List.of());
    }

    /**
     * Why the kit ended a run early.
     *
     * @param said the first and the last lines that the client's program wrote to standard error, if they tell why
     */
    public record EarlyEnd(String sentence, List<String> said) {
        public EarlyEnd {
            said = List.copyOf(said);
        }
    }

    /** The same with what there is to say of the run as a whole. */
    public RunSummary with(Optional<EarlyEnd> end, List<String> lines) {
        return new RunSummary(
                verdicts, judged, binding, contracts, unstable, outdated, conclusion, duration, end, lines);
    }

    /** What a run says as a whole. */
    public enum Conclusion {
        /** Every applicable binding case was judged and none failed. */
        CONFORMANT,
        /** Every applicable binding case was judged, and all that failed did so as the list of known deviations says. */
        KNOWN_DEVIATIONS,
        /** A binding case failed. */
        NOT_CONFORMANT,
        /** No binding case failed, but one that is listed as a known deviation did not fail either. */
        LIST_OUTDATED,
        /** Only cases that do not bind were asked for, and they were judged: nothing is said about conformance. */
        NOTHING_BINDING,
        /** The kit could not judge: a binding case was inconclusive, none applied, or no case was judged at all. */
        NOT_JUDGED,
        /** The run was ended before all cases were played. */
        INTERRUPTED
    }

    /** Whether all cases were played. */
    public enum Ending {
        COMPLETE,
        INTERRUPTED
    }

    /**
     * As much of a case result as a summary needs.
     *
     * @param steadiness of the attempts of the case
     */
    public record Result(String id, Level level, Contract contract, Judgement judgement, Steadiness steadiness) {
        static Result of(CaseResult result) {
            return new Result(
                    result.testCase().id(),
                    result.testCase().level(),
                    result.testCase().contract(),
                    result.judgement(),
                    Steadiness.of(result.judgement(), result.earlier()));
        }
    }

    /** Whether every attempt at a case had the same verdict. */
    public enum Steadiness {
        STEADY,
        /** An earlier attempt had a finding that the last one has not. */
        UNSTABLE;

        /** That of a judgement, after these of earlier attempts. */
        public static Steadiness of(Judgement last, List<Judgement> earlier) {
            return earlier.stream().anyMatch(last::differsFrom) ? UNSTABLE : STEADY;
        }
    }

    /** Sums up results, those of every repetition, of a run in a profile. */
    public static RunSummary of(Profile profile, Collection<Result> results, Ending ending, Duration duration) {
        Totals totals = new Totals(profile);
        results.forEach(totals::add);
        return totals.summary(ending, duration);
    }
}
