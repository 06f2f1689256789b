package io.wstck.tck.run;

import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.RunSummary.Conclusion;

/** Adds the results of one contract up. One thread at a time. */
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

    /** Adds a result of the contract. */
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

    /** How many results a run of cases of the contract has, skipped ones too. */
    int asked() {
        return applicable + skipped;
    }

    ContractVerdict verdict(RunSummary.Ending ending) {
        Conclusion conclusion = ending == RunSummary.Ending.INTERRUPTED ? Conclusion.INTERRUPTED : conclusion();
        return new ContractVerdict(contract, profile, conclusion, judged, applicable, failed, known, deviating);
    }

    private Conclusion conclusion() {
        if (failed + deviating > 0) {
            return Conclusion.NOT_CONFORMANT;
        }
        if (asked() == 0) {
            return Conclusion.NOTHING_BINDING;
        }
        if (judged < applicable || applicable == 0) {
            return Conclusion.NOT_JUDGED;
        }
        return known > 0 ? Conclusion.KNOWN_DEVIATIONS : Conclusion.CONFORMANT;
    }
}
