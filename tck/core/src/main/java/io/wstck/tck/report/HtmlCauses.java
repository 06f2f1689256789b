package io.wstck.tck.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.text.Excerpt;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the list of causes into the data of the HTML report, and the number of its cause into each finding. A cause of
 * several runs is one entry. Texts are shortened.
 */
final class HtmlCauses {
    private static final int LONGEST_ID = 300;
    private static final int LONGEST_SENTENCE = 2000;

    private final List<CauseFindings> causes;
    private final Map<String, Integer> numbers = new HashMap<>();

    private HtmlCauses(List<CauseFindings> causes) {
        this.causes = causes;
        causes.forEach(cause -> numbers.put(cause.cause().id(), numbers.size()));
    }

    static HtmlCauses of(List<RecordedRun> runs) {
        return new HtmlCauses(CauseFindings.of(runs.stream()
                .map(RecordedRun::cases)
                .flatMap(Collection::stream)
                .toList()));
    }

    /**
     * Adds all causes to {@code list}.
     *
     * @param details number of each result's details, by which the page finds the example of a cause
     */
    void write(ArrayNode list, Map<CaseFinished, Integer> details) {
        for (CauseFindings cause : causes) {
            list.addObject()
                    .put("id", Excerpt.withRest(cause.cause().id(), LONGEST_ID))
                    .put("clause", Excerpt.withRest(cause.cause().clause(), LONGEST_ID))
                    .put("what", Excerpt.withRest(cause.cause().what(), LONGEST_SENTENCE))
                    .put("example", details.get(cause.example()));
        }
    }

    /** Adds the number of the cause to {@code node} if the result is a finding. */
    void putNumber(ObjectNode node, CaseFinished result) {
        if (result.isFinding()) {
            node.put("cause", numbers.get(result.cause().id()));
        }
    }
}
