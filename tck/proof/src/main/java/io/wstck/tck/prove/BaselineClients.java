package io.wstck.tck.prove;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.Implementation;

/**
 * The two correct clients that faults are added to: one for profile {@code web}, and one for the other profiles. Every
 * case passes with one of them, the client of its profile.
 *
 * @param documented follows the documented API and the RFCs
 * @param web also follows the WHATWG standard, where that differs from the other two
 */
public record BaselineClients(Implementation documented, Implementation web) {

    /** The profile in which a proof plays a case: the only profile of its clause, or profile api. */
    static Profile profile(TestCase testCase) {
        return testCase.clause().profile().orElse(Profile.API);
    }

    Implementation of(Profile profile) {
        return profile == Profile.WEB ? web : documented;
    }
}
