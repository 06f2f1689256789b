package io.wstck.tck.cases;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * One case, as its file declares it; its functions stay in the file and are loaded anew for each run.
 *
 * @param level the clause's level, or another that the clause allows
 * @param servers the session with the scenarios by name, in the server's JSON form; absent: the case has no server
 * @param limit hard limit of the script's time
 * @param overtime what a script means that does not end within its limit
 * @param weight whether other cases may run beside it
 * @param needs without one of them the case is skipped
 * @param tolerates violation rules that do not fail this case
 * @param unreached names of servers that need no connection
 * @param wireChecked whether it has checks over the journal
 * @param web id of the clause that the WHATWG standard demands in its place
 * @param cause the clause as whose breach its findings are told, where the case or its clause names one; the clause of the case itself: they
 *     are never told as a cause that cases of many clauses share
 */
public record TestCase(
        String id,
        Clause clause,
        Level level,
        String title,
        Position position,
        Optional<ObjectNode> servers,
        Duration limit,
        Overtime overtime,
        Weight weight,
        Set<Need> needs,
        Set<String> tolerates,
        Set<String> unreached,
        boolean wireChecked,
        Optional<String> web,
        Optional<Clause> cause,
        CaseFile file) {

    /** The contract that it belongs to. */
    public Contract contract() {
        return clause.contract(level);
    }

    /** The names by which the client must reach servers of the case, in place of the reference server's own. */
    public List<String> hosts() {
        return servers.stream()
                .flatMap(session -> session.path("servers").valueStream())
                .filter(server -> server.has("host"))
                .map(server -> server.get("host").asText())
                .distinct()
                .toList();
    }

    /** How binding it is in a run of that profile. */
    public Level levelIn(Profile profile) {
        return profile.effective(level, contract());
    }

    /** Why a run of that profile skips it, as a sentence; empty if it does not. */
    public Optional<String> replacedIn(Profile profile) {
        return profile == Profile.WEB ? web.map(Clause::demandedInstead) : Optional.empty();
    }

    /** The same case with at most that much time for its script. */
    public TestCase withLimit(Duration most) {
        return with(most.compareTo(limit) < 0 ? most : limit, weight);
    }

    /** The same case, for a client that moves nothing of what it is told to. */
    public TestCase light() {
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

    /** What it means that a script has not ended within its limit. */
    public enum Overtime {
        /** As much as the level of the case says. */
        CASE,
        /** A warning at most: that a call returns is the subject of another case. */
        SHOULD
    }

    /** Whether other cases may run beside a case. */
    public enum Weight {
        LIGHT,
        /** Waits for a clock most of the time: starts first and takes no other case's place. */
        WAITING,
        /** Moves megabytes: few run at once. */
        HEAVY
    }
}
