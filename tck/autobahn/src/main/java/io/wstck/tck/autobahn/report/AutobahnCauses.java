package io.wstck.tck.autobahn.report;

import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnVerdict;
import io.wstck.tck.autobahn.CaseGroup;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Signature;
import io.wstck.tck.judge.Verdict;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the cause of a finding. Findings of one group of cases with the same signature have one cause. A breach that
 * has nothing to do with the subject of the case has one cause in all groups. Stateless.
 */
final class AutobahnCauses {
    /** A breach of the protocol. Its details differ between cases. */
    private static final Pattern VIOLATION =
            Pattern.compile("FAILED: (The (?:client|server) breaks (RFC \\d+ [^:]*)): .*", Pattern.DOTALL);

    /** Failures before the subject of the case. */
    private static final Pattern EARLY = Pattern.compile(
            "FAILED: (?:The opening handshake failed: |The case was not played: "
                    + "|The (?:client|server) (?:did not echo a plain text message|ended the connection before the case)"
                    + ").*",
            Pattern.DOTALL);

    /** A closing handshake that fails although the events are right. */
    private static final Pattern CLOSING = Pattern.compile("closing (?:" + AutobahnVerdict.UNCLEAN.label() + "|"
            + AutobahnVerdict.WRONG_CODE.label() + "|" + AutobahnVerdict.FAILED_BY_CLIENT.label() + "): .*");

    /** The code of the judged side, which often repeats that of the case. */
    private static final Pattern CODE = Pattern.compile("'s close code is \\d+\\.");

    /** Groups whose cases make different demands. A server breaks each of them by a defect of its own. */
    private static final Set<CaseGroup> HANDSHAKES = EnumSet.of(CaseGroup.REFUSALS, CaseGroup.TOLERANCE);

    private static final String PREFIX = "autobahn ";

    private AutobahnCauses() {}

    static Cause of(AutobahnCase testCase, Judgement judgement) {
        String signature = judgement.signature();
        Matcher violation = VIOLATION.matcher(signature);
        if (violation.matches()) {
            return new Cause(PREFIX + "breach of " + violation.group(2), violation.group(2), violation.group(1));
        }
        if (EARLY.matcher(signature).matches()) {
            return new Cause(PREFIX + Signature.normalize(signature), "all cases", signature);
        }
        if (CLOSING.matcher(signature).matches()) {
            return new Cause(
                    PREFIX + signature + " (" + judgement.expected() + ")",
                    "all cases",
                    signature + " Expected: " + judgement.expected() + ".");
        }
        CaseGroup group = CaseGroup.of(testCase.id());
        if (HANDSHAKES.contains(group) && judgement.verdict() != Verdict.WARNED) {
            return new Cause(
                    PREFIX + group.number() + ": " + testCase.expectation(),
                    clause(testCase.id(), group),
                    group.title() + ", not met: " + testCase.expectation());
        }
        String finding = CODE.matcher(signature).replaceAll("'s close code is wrong.");
        return signature.isEmpty()
                ? new Cause(PREFIX + group.number(), clause(testCase.id(), group), group.title())
                : new Cause(
                        PREFIX + group.number() + ": " + Signature.normalize(finding),
                        clause(testCase.id(), group),
                        group.title() + ": " + finding);
    }

    private static String clause(CaseId id, CaseGroup group) {
        return AgentEvents.prefix(id) + group.number();
    }
}
