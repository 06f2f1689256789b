package io.wstck.tck.prove;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.Implementation;

/**
 * The clients without a fault, for which every case holds.
 *
 * @param documented keeps to the documented API and the RFCs
 * @param web does the same, but for what the WHATWG standard demands in their place
 */
public record Clients(Implementation documented, Implementation web) {

    /** The profile that a proof plays a case in: the case's only one, or the one in which both contracts bind. */
    static Profile profile(TestCase testCase) {
        return testCase.clause().profile().orElse(Profile.API);
    }

    Implementation of(Profile profile) {
        return profile == Profile.WEB ? web : documented;
    }
}
