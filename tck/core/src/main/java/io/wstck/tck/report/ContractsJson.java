package io.wstck.tck.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.run.ContractVerdict;
import io.wstck.tck.run.RunSummary;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads the verdicts on contracts as a JSON list, as described in {@code docs/reports.md}. Stateless. */
public final class ContractsJson {
    private static final String FIELD = "contracts";

    private ContractsJson() {}

    /** The verdicts as a JSON list. */
    public static ArrayNode of(List<ContractVerdict> verdicts) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        verdicts.forEach(verdict -> list.addObject()
                .put("contract", verdict.contract().word())
                .put("binds", verdict.binds())
                .put("conclusion", verdict.conclusion().word())
                .put("judged", verdict.judged())
                .put("applicable", verdict.applicable())
                .put("failed", verdict.failed())
                .put("known", verdict.known())
                .put("deviating", verdict.deviating()));
        return list;
    }

    /** Reads the list; empty if the field is absent. */
    static List<ContractVerdict> read(EventFields fields, Profile profile) throws EventsException {
        List<ContractVerdict> verdicts = new ArrayList<>();
        for (EventFields one : fields.objectsIfAny(FIELD)) {
            verdicts.add(new ContractVerdict(
                    one.parsed("contract", "a contract", Contract::of),
                    profile,
                    one.parsed("conclusion", "a conclusion", RunSummary.Conclusion::of),
                    one.integer("judged"),
                    one.integer("applicable"),
                    one.integer("failed"),
                    one.integer("known"),
                    one.integer("deviating")));
        }
        return verdicts;
    }
}
