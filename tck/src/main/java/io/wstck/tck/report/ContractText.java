package io.wstck.tck.report;

import io.wstck.tck.run.ContractVerdict;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.util.ArrayList;
import java.util.List;

/** The verdicts on the contracts in words, the same in every report. Stateless. */
public final class ContractText {
    private ContractText() {}

    /** {@code profile protocol} and a line for each contract; nothing where a run has no verdicts on contracts. */
    public static List<String> lines(List<ContractVerdict> contracts) {
        List<String> lines = new ArrayList<>();
        if (!contracts.isEmpty()) {
            lines.add("profile " + contracts.getFirst().profile().word());
            contracts.forEach(verdict -> lines.add("  " + sentence(verdict)));
        }
        return lines;
    }

    /** {@code protocol: conformant, 1208 of 1208 cases judged}. */
    public static String sentence(ContractVerdict verdict) {
        String judged = verdict.conclusion() == Conclusion.NOTHING_BINDING
                ? ""
                : ", " + verdict.judged() + " of " + verdict.applicable() + " cases judged";
        return verdict.contract().phrase() + ": " + conclusion(verdict) + judged;
    }

    /** {@code conformant}, or {@code 31 deviations (not binding)}. */
    public static String conclusion(ContractVerdict verdict) {
        if (verdict.conclusion() == Conclusion.NOTHING_BINDING) {
            return "no case asked for";
        }
        if (!verdict.binds()) {
            int deviations = verdict.deviating() + verdict.failed() + verdict.known();
            return count(deviations, "deviation") + " (not binding)";
        }
        return switch (verdict.conclusion()) {
            case CONFORMANT -> "conformant";
            case KNOWN_DEVIATIONS -> "conformant but for " + count(verdict.known(), "known deviation");
            case NOT_CONFORMANT -> "not conformant, " + verdict.failed() + " failed";
            case NOT_JUDGED, NOTHING_BINDING, LIST_OUTDATED -> "not judged";
            case INTERRUPTED -> "interrupted";
        };
    }

    private static String count(int number, String noun) {
        return (number == 0 ? "no" : Integer.toString(number)) + " " + noun + (number == 1 ? "" : "s");
    }
}
