package io.wstck.tck.cli;

import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSyntaxException;
import io.wstck.tck.implementation.script.ScriptEnd;
import io.wstck.tck.report.EscapedText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads chunks from a terminal, runs each and prints its results. A chunk may take several lines. An error ends only
 * its chunk. One thread.
 */
final class LuaPrompt {
    private static final String CHUNK_NAME = "stdin";
    private static final String FIRST_PROMPT = "> ";
    private static final String NEXT_PROMPT = ">> ";
    /** Makes every chunk wrong, in a line that the chunk does not have. */
    private static final String IMPOSSIBLE_TEXT = "\n\n)";

    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;
    private final Function<LuaScript, ScriptEnd> runner;

    LuaPrompt(BufferedReader in, PrintStream out, PrintStream err, Function<LuaScript, ScriptEnd> runner) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.runner = runner;
    }

    /** Runs until the end of the input, or until a chunk is stopped. */
    ScriptEnd run() throws IOException {
        while (true) {
            Optional<LuaScript> chunk = read();
            if (chunk.isEmpty()) {
                out.println();
                return new ScriptEnd.Returned(List.of());
            }
            ScriptEnd end = runner.apply(chunk.get());
            switch (end) {
                case ScriptEnd.Returned(List<String> results) -> printResults(results);
                case ScriptEnd.ReturnedError(List<String> results, String _) -> printResults(results);
                case ScriptEnd.Raised(String message) -> printError(message);
                case ScriptEnd.Stopped _ -> {
                    return end;
                }
            }
        }
    }

    /** Reads a chunk, over as many lines as it takes. Empty at the end of the input. */
    private Optional<LuaScript> read() throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            out.print(text.isEmpty() ? FIRST_PROMPT : NEXT_PROMPT);
            out.flush();
            String line = in.readLine();
            if (line == null) {
                return Optional.empty();
            }
            text.append(text.isEmpty() && line.startsWith("=") ? "return " + line.substring(1) : line)
                    .append('\n');
            try {
                return Optional.of(compile(text.toString()));
            } catch (LuaSyntaxException e) {
                if (!isIncomplete(text.toString(), e)) {
                    printError(e.getMessage());
                    text.setLength(0);
                }
            }
        }
    }

    /** Compiles an expression, whose values are the results, or else a chunk. */
    private static LuaScript compile(String text) throws LuaSyntaxException {
        try {
            return LuaScript.compile(CHUNK_NAME, "return " + text);
        } catch (LuaSyntaxException e) {
            return LuaScript.compile(CHUNK_NAME, text);
        }
    }

    /** Returns whether the error is at the end of the text: text that cannot follow then changes the error. */
    private static boolean isIncomplete(String text, LuaSyntaxException error) {
        try {
            LuaScript.compile(CHUNK_NAME, text + IMPOSSIBLE_TEXT);
            return true;
        } catch (LuaSyntaxException e) {
            return !e.getMessage().equals(error.getMessage());
        }
    }

    private void printResults(List<String> results) {
        if (!results.isEmpty()) {
            out.println(String.join("\t", results));
            out.flush();
        }
    }

    private void printError(String message) {
        err.println(EscapedText.line(message));
        err.flush();
    }
}
