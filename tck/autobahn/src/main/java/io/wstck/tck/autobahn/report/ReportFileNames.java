package io.wstck.tck.autobahn.report;

import io.wstck.tck.autobahn.CaseId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The file names of reports, by agent. One thread, or under a lock. */
final class ReportFileNames {
    /** The stem for an agent whose name has no usable character. */
    private static final String DEFAULT_STEM = "agent";

    /** File systems allow 255 bytes, including the case's number and the extension. */
    private static final int MAX_STEM = 150;

    private final Map<String, String> byAgent = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /**
     * The beginning of the file names of {@code agent}, always the same. It has the letters a to z and the digits of
     * the name, in lower case, and an underscore for every other character, except at both ends. An empty stem becomes
     * {@code agent}. If two agents have the same stem, the second one gets a number.
     */
    String stemOf(String agent) {
        return byAgent.computeIfAbsent(agent, this::unused);
    }

    private String unused(String agent) {
        String plain = plain(agent);
        String stem = plain;
        for (int number = 2; !taken.add(stem); number++) {
            stem = plain + "_" + number;
        }
        return stem;
    }

    private static String plain(String agent) {
        String blanks =
                agent.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", " ").strip();
        String stem = (blanks.length() > MAX_STEM ? blanks.substring(0, MAX_STEM) : blanks).replace(' ', '_');
        return stem.isEmpty() ? DEFAULT_STEM : stem;
    }

    /** The name of the HTML page for the JSON file of a case's report. */
    static String pageOf(String caseFile) {
        return caseFile.replaceFirst("\\.json$", ".html");
    }

    /** The name of the JSON file of a case's report: {@code tootallnate_websocket_case_1_1_1.json}. */
    static String caseFile(String stem, CaseId id) {
        return stem + "_case_" + id.toString().replace('.', '_') + ".json";
    }
}
