package io.wstck.server.scenario;

import io.wstck.server.wire.PrintableExcerpt;

/**
 * Reports that the JSON of a scenario or a session does not follow docs/scenarios.md. The message names the place in
 * the JSON, what was expected and what came.
 */
public final class ScenarioSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    public ScenarioSyntaxException(String path, String problem) {
        super(PrintableExcerpt.sentence(path.isEmpty() ? problem : path + ": " + problem));
    }
}
