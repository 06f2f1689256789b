package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.tck.report.ReportFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the folders of the agents of an earlier run, so that no reader takes them for some of the new run. */
final class EarlierAgents {
    private static final Pattern CASE_FILE = Pattern.compile("([a-z0-9_]+)_case_[0-9_]+\\.json");

    private EarlierAgents() {}

    /** Deletes the events and their renderings in the folders of the agents that {@code index.json} names. */
    static void discard(Path folder, Path index, JsonMapper mapper) throws IOException {
        if (!Files.isRegularFile(index)) {
            return;
        }
        for (JsonNode agent : readable(index, mapper)) {
            JsonNode first = agent.elements().hasNext() ? agent.elements().next() : mapper.missingNode();
            Matcher name = CASE_FILE.matcher(first.path("reportfile").asText(""));
            if (name.matches()) {
                ReportFolder own = new ReportFolder(folder.resolve(name.group(1)));
                Files.deleteIfExists(own.events());
                own.discardRenderings();
            }
        }
    }

    /** An index that is no JSON is about to be replaced, and names no agent. */
    private static JsonNode readable(Path index, JsonMapper mapper) {
        try {
            return mapper.readTree(Files.readAllBytes(index));
        } catch (IOException broken) {
            return mapper.missingNode();
        }
    }
}
