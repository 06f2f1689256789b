package io.wstck.tck.run;

import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.RunSummary.Conclusion;

/** Counts the results of one contract. Not thread-safe. */
final class ContractTotals {
    private final Contract contract;
    private final Profile profile;
    private int judged;
    private int applicable;
    private int skipped;
    private int failed;
    private int known;
    private int deviating;

    ContractTotals(Contract contract, Profile profile) {
        this.contract = contract;
        this.profile = profile;
    }

    /** Adds a result of the contract. Results of cases that are not binding are ignored. */
    void add(RunSummary.Result result) {
        if (!result.level().binding()) {
            return;
        }
        Verdict verdict = result.judgement().verdict();
        if (verdict == Verdict.SKIPPED) {
            skipped++;
            return;
        }
        applicable++;
        judged += verdict == Verdict.INCONCLUSIVE ? 0 : 1;
        failed += verdict == Verdict.FAILED ? 1 : 0;
        known += verdict == Verdict.KNOWN ? 1 : 0;
        deviating += result.judgement().ifBinding().isPresent() ? 1 : 0;
    }

    boolean binds() {
        return profile.binds(contract);
    }

    int judged() {
        return judged;
    }

    int applicable() {
        return applicable;
    }

    /** Returns the number of binding results, including skipped ones. */
    int total() {
        return applicable + skipped;
    }

    ContractVerdict verdict(RunSummary.Completion ending) {
        Conclusion conclusion = ending == RunSummary.Completion.INTERRUPTED ? Conclusion.INTERRUPTED : conclusion();
        return new ContractVerdict(contract, profile, conclusion, judged, applicable, failed, known, deviating);
    }

    private Conclusion conclusion() {
        if (failed + deviating > 0) {
            return Conclusion.NOT_CONFORMANT;
        }
        if (total() == 0) {
            return Conclusion.NOTHING_BINDING;
        }
        if (judged < applicable || applicable == 0) {
            return Conclusion.NOT_JUDGED;
        }
        return known > 0 ? Conclusion.KNOWN_DEVIATIONS : Conclusion.CONFORMANT;
    }
}
