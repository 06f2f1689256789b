package io.wstck.tck.implementation;

import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import io.wstck.tck.judge.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the script of a case in the implementation's own Lua, with the kit's prelude, and returns what it recorded. */
public interface HostedScriptRunner {

    /**
     * Runs the script of one case.
     *
     * @return empty if the implementation did not answer in time
     */
    Optional<ScriptResult> play(Script script) throws InterruptedException;

    /**
     * The script of one case, with the prelude, the values and the time limit that it runs with.
     *
     * @param file name of the case file
     * @param id of the case
     * @param source text of the case file
     * @param prelude the kit's Lua files: their texts by file name
     * @param nonce a text that is different for each run of a case
     * @param accepts descriptions of the outcomes that the clause accepts, by their ids
     * @param refusedUrl a URL that refuses connections
     * @param limit time limit of the script
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
     * The checks of a script and the way in which it ended, as the implementation's Lua reported them.
     *
     * @param checks of the witness SCRIPT; their times count from the start of the script
     * @param end whether the script ended within its limit
     * @param error the error that ended the script; empty if a failed check ended it
     */
    record ScriptResult(
            List<Check> checks,
            List<String> observations,
            List<String> outcomes,
            ClockUse clock,
            ScriptEnd end,
            Optional<ScriptError> error) {
        public ScriptResult {
            checks = List.copyOf(checks);
            observations = List.copyOf(observations);
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Whether the script asked for the time. */
    enum ClockUse {
        USED,
        UNUSED
    }

    /**
     * An error that the script raised.
     *
     * @param position file and line; may be empty
     */
    record ScriptError(String message, String position) {}
}
