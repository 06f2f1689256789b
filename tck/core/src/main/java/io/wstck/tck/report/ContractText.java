package io.wstck.tck.report;

import io.wstck.tck.run.ContractVerdict;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.util.ArrayList;
import java.util.List;

/** Formats the verdicts on the contracts. All reports share it. Stateless. */
public final class ContractText {
    private ContractText() {}

    /** The line {@code profile protocol}, then one line per contract; empty if a run has no verdicts on contracts. */
    public static List<String> lines(List<ContractVerdict> contracts) {
        List<String> lines = new ArrayList<>();
        if (!contracts.isEmpty()) {
            lines.add("profile " + contracts.getFirst().profile().word());
            contracts.forEach(verdict -> lines.add("  " + sentence(verdict)));
        }
        return lines;
    }

    /** For example {@code protocol: conformant, 1208 of 1208 cases judged}. */
    public static String sentence(ContractVerdict verdict) {
        String judged = verdict.conclusion() == Conclusion.NOTHING_BINDING
                ? ""
                : ", " + verdict.judged() + " of " + verdict.applicable() + " cases judged";
        return verdict.contract().phrase() + ": " + conclusion(verdict) + judged;
    }

    /** For example {@code conformant}, or {@code 31 deviations (not binding)}. */
    public static String conclusion(ContractVerdict verdict) {
        if (verdict.conclusion() == Conclusion.NOTHING_BINDING) {
            return "no case selected";
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
