package io.wstck.tck.cli;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.report.ShellWord;
import java.util.ArrayList;
import java.util.List;

/**
 * Explains how to play a case by hand with any client. The reference server plays the scenario of the case.
 *
 * @param command the command that starts the kit
 * @param explain the command line that explains a case, without the id of the case
 */
record ManualReplay(String command, String explain) {
    /** The default address of {@code serve}. */
    private static final String SERVER = "http://127.0.0.1:8080";

    /** The steps as lines. They are not escaped. A line for the shell begins with a dollar sign. */
    List<String> of(TestCase testCase) {
        if (testCase.servers().isEmpty()) {
            return List.of("by hand      the case has no server, so there is nothing to connect to");
        }
        String scenario = testCase.servers().get().json().toString();
        List<String> lines = new ArrayList<>();
        lines.add("by hand      start the server in another terminal:");
        lines.add("    $ " + command + " serve");
        lines.add("  post the scenario; the answer has an \"id\", the \"urls\" to connect to and the \"journal\":");
        lines.add("    $ " + explain + " " + ShellWord.quote(testCase.id())
                + " --scenario | curl -s -H 'Content-Type: application/json' --data-binary @- " + SERVER
                + "/scenarios");
        if (scenario.contains("\"tls\"")) {
            lines.add("  make the client trust the server's authority:");
            lines.add("    $ curl -s -o ca.pem " + SERVER + "/ca.pem");
        }
        lines.add(
                "  connect the client and repeat the steps of the case; then end the scenario with its id and read the journal:");
        lines.add("    $ curl -s -X POST " + SERVER + "/journals/ID/script-ended");
        lines.add("    $ curl -s " + SERVER + "/journals/ID");
        return lines;
    }
}
