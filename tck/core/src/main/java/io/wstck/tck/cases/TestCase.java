package io.wstck.tck.cases;

import io.wstck.server.wire.Rule;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Need;
import io.wstck.tck.catalogue.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The declaration of one case: id, title, clause, servers and needs, without the functions of its script. Its functions
 * stay in the file and are loaded again for each attempt.
 *
 * @param level the level of the clause, or another level that the clause allows
 * @param servers absent for a case without a server
 * @param limit time limit of the script
 * @param overtime how much it counts if the script reaches its limit
 * @param weight decides how many other cases may run at the same time
 * @param needs the case is skipped if the implementation lacks one of them
 * @param tolerates rules whose violations do not fail this case
 * @param unreached names of servers that need no connection
 * @param wireChecked whether it has wire checks
 * @param web id of the clause that replaces the case in profile web
 * @param cause the clause whose breach its findings are reported as, if the case or its clause names one. If it is the
 * clause of the case itself, its findings never have a shared cause
 */
public record TestCase(
        String id,
        Clause clause,
        Level level,
        String title,
        Position position,
        Optional<CaseServers> servers,
        Duration limit,
        Overtime overtime,
        Weight weight,
        Set<Need> needs,
        Set<Rule> tolerates,
        Set<String> unreached,
        boolean wireChecked,
        Optional<String> web,
        Optional<Clause> cause,
        CaseFile file) {

    /** Returns the contract of the case. */
    public Contract contract() {
        return clause.contract(level);
    }

    /** Returns the host names that the client must use instead of the server's default name. */
    public List<String> hosts() {
        return servers.map(CaseServers::hosts).orElse(List.of());
    }

    /** Returns how binding the case is in a profile. */
    public Level levelIn(Profile profile) {
        return profile.effectiveLevel(level, contract());
    }

    /** Returns the sentence why a profile skips the case because of the WHATWG standard. Empty if it does not. */
    public Optional<String> skipReasonIn(Profile profile) {
        return profile == Profile.WEB ? web.map(Clause::replacedReason) : Optional.empty();
    }

    /** Returns the same case with a limit of at most {@code most}. */
    public TestCase withLimit(Duration most) {
        return with(most.compareTo(limit) < 0 ? most : limit, weight);
    }

    /** Returns the same case as a light one, for a client that does not transfer the payloads of its calls. */
    public TestCase asLight() {
        return with(limit, Weight.LIGHT);
    }

    private TestCase with(Duration otherLimit, Weight otherWeight) {
        return new TestCase(
                id,
                clause,
                level,
                title,
                position,
                servers,
                otherLimit,
                overtime,
                otherWeight,
                needs,
                tolerates,
                unreached,
                wireChecked,
                web,
                cause,
                file);
    }

    /** Tells how severe it is that a script reaches its time limit. */
    public enum Overtime {
        /** The level of the case decides. */
        CASE,
        /** A warning at most: another case tests that the call returns. */
        SHOULD
    }

    /** The load that a case causes, from which the scheduler decides what runs beside it. */
    public enum Weight {
        LIGHT,
        /** Waits for a clock most of the time. It starts first and needs no slot. */
        WAITING,
        /** Transfers megabytes. Few of these run at a time. */
        HEAVY
    }
}
