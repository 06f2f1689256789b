package io.wstck.tck.implementation.script;

import java.util.List;

/** How a chunk of Lua ended. */
public sealed interface ScriptEnd {
    /**
     * The chunk returned.
     *
     * @param results the text of each result
     */
    record Returned(List<String> results) implements ScriptEnd {
        public Returned {
            results = List.copyOf(results);
        }
    }

    /**
     * The chunk returned nil or false, and an error, as the functions of the modules do.
     *
     * @param results the text of each result
     * @param message the name of the chunk and the text of the error
     */
    record ReturnedError(List<String> results, String message) implements ScriptEnd {
        public ReturnedError {
            results = List.copyOf(results);
        }
    }

    /**
     * The chunk raised an error.
     *
     * @param message with the line, if it is known
     */
    record Raised(String message) implements ScriptEnd {}

    /**
     * The chunk was stopped. The session cannot run another one.
     *
     * @param message the reason, with the line if it is known
     */
    record Stopped(String message) implements ScriptEnd {}
}
