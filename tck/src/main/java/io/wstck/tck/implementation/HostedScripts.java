package io.wstck.tck.implementation;

import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An implementation that runs the scripts of cases in a Lua of its own, with the kit's prelude. */
public interface HostedScripts {

    /**
     * Plays the script of one case.
     *
     * @return empty when the implementation did not answer until some time after the limit
     */
    Optional<Report> play(Script script) throws InterruptedException;

    /**
     * What is to be played.
     *
     * @param file name of the case file
     * @param id of the case
     * @param source text of the case file
     * @param prelude the kit's own Lua, by name of the file
     * @param nonce text that no other play of a case has
     * @param accepts the outcomes that the clause accepts: what each is, by its id
     * @param refusedUrl a URL that refuses connections
     * @param limit of the script's time
     */
    record Script(
            String file,
            String id,
            String source,
            Map<String, String> prelude,
            String nonce,
            Map<String, String> accepts,
            String refusedUrl,
            Duration limit) {}

    /**
     * What the script's checks have recorded.
     *
     * @param end whether the script has ended within its limit
     * @param error with which the script has ended, if it is no failed check
     */
    record Report(
            List<Check> checks,
            List<String> observations,
            List<String> outcomes,
            Clock clock,
            ScriptEnd end,
            Optional<Raised> error) {
        public Report {
            checks = List.copyOf(checks);
            observations = List.copyOf(observations);
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Whether the script has asked for the time. */
    enum Clock {
        ASKED,
        UNUSED
    }

    /**
     * One check.
     *
     * @param at since the script began
     */
    record Check(
            String name,
            Strength strength,
            Outcome outcome,
            String expected,
            String actual,
            String position,
            Duration at,
            Optional<Time> time) {}

    /** What a check demands. */
    enum Strength {
        CASE,
        SHOULD
    }

    /** Whether a check was met. */
    enum Outcome {
        MET,
        FAILED
    }

    /** A time that a check has measured, and its range, in milliseconds. */
    record Time(double ms, double min, double max, String what) {}

    /**
     * An error that the script raised.
     *
     * @param position file and line; may be empty
     */
    record Raised(String message, String position) {}
}
