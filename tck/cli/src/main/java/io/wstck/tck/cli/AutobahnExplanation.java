package io.wstck.tck.cli;

import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.CaseGroup;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.exchange.RoleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Explains Autobahn cases in lines, which are not escaped.
 *
 * @param command the command that runs the kit
 */
record AutobahnExplanation(String command) {
    /** The number of a case or of a section, perhaps with the prefix that events have. */
    private static final Pattern NUMBER = Pattern.compile("(?:autobahn\\.|server\\.)?(\\d+(?:\\.\\d+)*)");

    private static final String EXAMPLE_URL = "ws://127.0.0.1:9001";
    private static final String EXAMPLE_DRIVER = "./my-driver";

    /** The number in {@code id}, if it has the form of one. */
    static Optional<String> number(String id) {
        Matcher matcher = NUMBER.matcher(id);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * The lines for a case, or for all cases of a section. Empty if there is neither.
     *
     * @param lastRun the lines about the last run of the case
     */
    List<String> of(String number, List<String> lastRun) {
        List<AutobahnCase> all = AutobahnCorpus.of(EndpointRole.SERVER).all();
        Optional<AutobahnCase> named =
                all.stream().filter(one -> one.id().toString().equals(number)).findFirst();
        return named.map(one -> of(one, lastRun))
                .orElseGet(() -> all.stream()
                        .filter(one -> one.id().toString().startsWith(number + "."))
                        .map(one -> one.id() + "  " + one.description())
                        .toList());
    }

    private List<String> of(AutobahnCase testCase, List<String> lastRun) {
        CaseId id = testCase.id();
        CaseGroup group = CaseGroup.of(id);
        List<String> lines = new ArrayList<>();
        lines.add(id + "  " + testCase.description());
        lines.add("subject      " + group.title());
        lines.add("source       " + group.sources());
        forClients(testCase).ifPresent(one -> lines.addAll(requirement(one, EndpointRole.CLIENT)));
        lines.addAll(requirement(testCase, EndpointRole.SERVER));
        lines.addAll(lastRun);
        if (!id.isBeyond()) {
            lines.add("for clients  " + command + " autobahn-run --driver " + EXAMPLE_DRIVER + " --cases " + id);
        }
        lines.add("for servers  " + command + " autobahn-run --server " + EXAMPLE_URL + " --cases " + id);
        return lines;
    }

    private static Optional<AutobahnCase> forClients(AutobahnCase testCase) {
        return AutobahnCorpus.standard().find(testCase.id());
    }

    private static List<String> requirement(AutobahnCase testCase, EndpointRole peer) {
        List<String> lines = new ArrayList<>();
        lines.add("a " + peer.word() + " must"
                + " ".repeat("client".length() - peer.word().length() + 1) + testCase.expectation());
        testCase.outcomes().forEach(outcome -> lines.add("  events     " + outcome));
        lines.add("  ending     " + RoleText.of(peer, testCase.rules().close().describe()));
        return lines;
    }
}
