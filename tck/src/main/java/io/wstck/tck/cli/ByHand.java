package io.wstck.tck.cli;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.report.ShellWord;
import java.util.ArrayList;
import java.util.List;

/**
 * How to see a case by hand, without a client of the kit's: the server plays the case's scenario for whoever connects.
 *
 * @param command the kit
 * @param explain command line that explains the case again, without the case's id
 */
record ByHand(String command, String explain) {
    /** Where {@code serve} listens unless it is told otherwise. */
    private static final String SERVER = "http://127.0.0.1:8080";

    /** Lines, not yet escaped; those that a shell is to run begin with a dollar sign. */
    List<String> of(TestCase testCase) {
        if (testCase.servers().isEmpty()) {
            return List.of("by hand      the case has no server: its script alone tells all");
        }
        String scenario = testCase.servers().get().toString();
        List<String> lines = new ArrayList<>();
        lines.add("by hand      start the server in a terminal of its own:");
        lines.add("    $ " + command + " serve");
        lines.add("  post the scenario; the answer has an \"id\", the \"urls\" to connect to and the \"journal\":");
        lines.add("    $ " + explain + " " + ShellWord.quote(testCase.id())
                + " --scenario | curl -s -H 'Content-Type: application/json' --data-binary @- " + SERVER
                + "/scenarios");
        if (scenario.contains("\"tls\"")) {
            lines.add("  let the client trust the server's authority:");
            lines.add("    $ curl -s -o ca.pem " + SERVER + "/ca.pem");
        }
        lines.add(
                "  let the client connect and do what the case does; then end the scenario, with that id, and read the journal:");
        lines.add("    $ curl -s -X POST " + SERVER + "/journals/ID/script-ended");
        lines.add("    $ curl -s " + SERVER + "/journals/ID");
        return lines;
    }
}
