package io.wstck.tck.autobahn.report;

import io.wstck.tck.autobahn.CaseId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The beginnings of file names, by agent. One thread, or under a lock. */
final class FileStem {
    /** Of an agent whose name has no letter nor digit that is kept. */
    private static final String NAMELESS = "agent";

    /** File systems take 255 bytes, the case's number and the ending included. */
    private static final int MOST = 150;

    private final Map<String, String> byAgent = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /**
     * The stem of {@code agent}, always the same: its letters a to z and digits in lower case, everything else an underscore, none
     * at either end; {@code agent} where nothing is left. Two agents that would share one get a number each but the first.
     */
    String of(String agent) {
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
        String stem = (blanks.length() > MOST ? blanks.substring(0, MOST) : blanks).replace(' ', '_');
        return stem.isEmpty() ? NAMELESS : stem;
    }

    /** The file of a case's report: {@code tootallnate_websocket_case_1_1_1.json}. */
    static String caseFile(String stem, CaseId id) {
        return stem + "_case_" + id.toString().replace('.', '_') + ".json";
    }
}
