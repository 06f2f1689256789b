package io.wstck.tck.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The text for a command line without a command: what to do next, by situation. */
final class NextSteps {
    private NextSteps() {}

    /** A situation of a user, and the arguments of the commands for it. */
    private record Situation(String heading, List<String> steps, String page) {
        Situation {
            steps = List.copyOf(steps);
        }
    }

    private static final List<Situation> SITUATIONS = List.of(
            new Situation("I want to see a run", List.of("run --only 'close.*'"), "README.md"),
            new Situation(
                    "I have a client in any language",
                    List.of("smoke --agent 'python3 agent.py'", "run --agent 'python3 agent.py'"),
                    "docs/adapters.md"),
            new Situation(
                    "I have a server that echoes",
                    List.of("autobahn-run --server ws://127.0.0.1:9001"),
                    "docs/servers.md"),
            new Situation("I have an Autobahn set-up", List.of("wstest -m fuzzingserver"), "docs/autobahn.md"),
            new Situation("I have a client on the JVM: use JUnit", List.of(), "docs/jvm.md"),
            new Situation("I use the Lua module", List.of("lua script.lua"), "docs/lua.md"));

    /**
     * The lines of the text: at most 24, and at most 60 characters wide if the command is short.
     *
     * @param command the start of each printed command line
     * @param heading how a heading is printed
     */
    static List<String> lines(String command, UnaryOperator<String> heading) {
        List<String> lines = new ArrayList<>();
        lines.add("wstck certifies WebSocket clients and servers.");
        lines.add("");
        for (Situation situation : SITUATIONS) {
            lines.add(heading.apply(situation.heading()) + " (" + situation.page() + ")");
            situation.steps().forEach(step -> lines.add("  " + command + " " + step));
        }
        lines.add("");
        lines.add("All commands: " + command + " --help");
        return lines;
    }
}
