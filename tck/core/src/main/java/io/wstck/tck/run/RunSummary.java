package io.wstck.tck.run;

import io.wstck.server.text.FormatWord;
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
 * The summary of a run.
 *
 * @param verdicts number of case results per verdict; every verdict has an entry
 * @param judged number of results of binding cases with a verdict about the implementation
 * @param binding number of results of binding cases, without skipped ones
 * @param contracts the verdict for each contract, in order
 * @param unstable ids of cases whose verdict differed between repetitions or between attempts
 * @param outdated ids of cases that are listed as known deviations and did not fail
 * @param early why the kit ended the run before all cases were played, if it did
 * @param remarks lines about the whole run: calls of the client that have not returned
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

    /** Creates a summary without remarks, of a run that the kit did not end early. */
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
     * The reason why the kit ended a run early.
     *
     * @param said the first and the last lines that the client's program wrote to standard error, if they explain the
     * end
     */
    public record EarlyEnd(String sentence, List<String> said) {
        public EarlyEnd {
            said = List.copyOf(said);
        }
    }

    /** Returns the same summary with a reason for an early end and with remarks. */
    public RunSummary with(Optional<EarlyEnd> end, List<String> lines) {
        return new RunSummary(
                verdicts, judged, binding, contracts, unstable, outdated, conclusion, duration, end, lines);
    }

    /** The overall result of a run. */
    public enum Conclusion implements FormatWord {
        /** Every applicable binding case was judged, and none failed. */
        CONFORMANT("CONFORMANT"),
        /** Every applicable binding case was judged, and every failure matches the list of known deviations. */
        KNOWN_DEVIATIONS("KNOWN_DEVIATIONS"),
        /** A binding case failed. */
        NOT_CONFORMANT("NOT_CONFORMANT"),
        /** No binding case failed, but a case that is listed as a known deviation did not fail either. */
        LIST_OUTDATED("LIST_OUTDATED"),
        /** The run had only cases that are not binding, and they were judged. This says nothing about conformance. */
        NOTHING_BINDING("NOTHING_BINDING"),
        /**
         * The kit could not judge: a binding case was inconclusive, no binding case applied, or no case was judged at
         * all.
         */
        NOT_JUDGED("NOT_JUDGED"),
        /** The run ended before all cases were played. */
        INTERRUPTED("INTERRUPTED");

        private final String word;

        Conclusion(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }

        /** Returns the conclusion as a phrase for reports. */
        public String phrase() {
            return switch (this) {
                case CONFORMANT -> "conformant";
                case KNOWN_DEVIATIONS -> "known deviations";
                case NOT_CONFORMANT -> "not conformant";
                case LIST_OUTDATED -> "list outdated";
                case NOTHING_BINDING -> "nothing binding";
                case NOT_JUDGED -> "not judged";
                case INTERRUPTED -> "interrupted";
            };
        }

        /**
         * Returns the conclusion with this word.
         *
         * @throws IllegalArgumentException with a sentence, if there is none
         */
        public static Conclusion of(String word) {
            return FormatWord.of(Conclusion.class, "a conclusion", word);
        }
    }

    /** Whether all cases were played. */
    public enum Completion {
        COMPLETE,
        INTERRUPTED
    }

    /**
     * The part of a case result that a summary needs.
     *
     * @param stability of the attempts at the case
     */
    public record Result(String id, Level level, Contract contract, Judgement judgement, Stability stability) {
        static Result of(CaseResult result) {
            return new Result(
                    result.testCase().id(),
                    result.testCase().level(),
                    result.testCase().contract(),
                    result.judgement(),
                    Stability.of(result.judgement(), result.earlier()));
        }
    }

    /** Whether every attempt at a case had the same verdict. */
    public enum Stability {
        STABLE,
        /** An earlier attempt had a finding that the last attempt does not have. */
        UNSTABLE;

        /** Compares the last judgement with those of earlier attempts. */
        public static Stability of(Judgement last, List<Judgement> earlier) {
            return earlier.stream().anyMatch(last::differsFrom) ? UNSTABLE : STABLE;
        }
    }

    /** Summarizes the results of all repetitions of a run. */
    public static RunSummary of(Profile profile, Collection<Result> results, Completion ending, Duration duration) {
        ResultTotals totals = new ResultTotals(profile);
        results.forEach(totals::add);
        return totals.summary(ending, duration);
    }
}
