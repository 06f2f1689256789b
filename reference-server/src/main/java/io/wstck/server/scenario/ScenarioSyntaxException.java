package io.wstck.server.scenario;

import io.wstck.server.wire.Shown;

/** A scenario is not what docs/scenarios.md says; the message names the place in the JSON, what was expected, what came. */
public final class ScenarioSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    public ScenarioSyntaxException(String path, String problem) {
        super(Shown.sentence(path.isEmpty() ? problem : path + ": " + problem));
    }
}
