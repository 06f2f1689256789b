package io.wstck.tck.run;

import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Profile;

/**
 * The result of a run for one contract. It counts the results of <em>must</em> and <em>rfc</em> cases of the contract,
 * without skipped ones.
 *
 * @param profile of the run
 * @param judged number of results with a verdict about the implementation
 * @param applicable number of results
 * @param failed number of FAILED results
 * @param known number of KNOWN results
 * @param deviating number of results that would have failed if the contract were binding in the profile
 */
public record ContractVerdict(
        Contract contract,
        Profile profile,
        RunSummary.Conclusion conclusion,
        int judged,
        int applicable,
        int failed,
        int known,
        int deviating) {

    /** Returns whether a client that breaks the contract is not conformant. */
    public boolean binds() {
        return profile.binds(contract);
    }

    /** Returns whether both are about the same contract and have the same counts. Their conclusions may differ. */
    public boolean hasSameCounts(ContractVerdict other) {
        return contract == other.contract
                && judged == other.judged
                && applicable == other.applicable
                && failed == other.failed
                && known == other.known
                && deviating == other.deviating;
    }
}
