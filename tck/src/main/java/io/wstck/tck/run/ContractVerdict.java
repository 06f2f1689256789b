package io.wstck.tck.run;

import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Profile;

/**
 * What a run says of one contract. Counted are results of <em>must</em> and <em>rfc</em> cases of the contract, skipped ones left out.
 *
 * @param profile of the run
 * @param judged how many results are a verdict about the implementation
 * @param applicable how many results there are
 * @param failed how many are FAILED
 * @param known how many are KNOWN
 * @param deviating how many would have failed if the contract bound in the profile
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

    /** Whether a client that breaks the contract is not conformant. */
    public boolean binds() {
        return profile.binds(contract);
    }

    /** Whether both are about one contract, and count the same; their conclusions may differ. */
    public boolean countsAs(ContractVerdict other) {
        return contract == other.contract
                && judged == other.judged
                && applicable == other.applicable
                && failed == other.failed
                && known == other.known
                && deviating == other.deviating;
    }
}
