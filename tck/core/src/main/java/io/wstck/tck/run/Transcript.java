package io.wstck.tck.run;

import io.wstck.server.journal.JournalEntry;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.CheckKind;
import io.wstck.tck.judge.CheckWording;
import io.wstck.tck.judge.NamedCheck;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Formats the records of both witnesses as lines of text in order of time. Arrows give the direction: → from the
 * client, ← from the server. Stateless.
 */
final class Transcript {
    private Transcript() {}

    static List<String> of(EntryDetails journal, List<Check> checks) {
        List<TranscriptLine> lines = new ArrayList<>();
        List<TranscriptLine> last = new ArrayList<>();
        for (Check check : checks) {
            if (hasOwnLine(check)) {
                (check.witness() == Witness.SCRIPT ? lines : last)
                        .add(new TranscriptLine(check.nanos(), describe(check)));
            }
        }
        for (JournalEntry entry : journal.entries()) {
            lines.addAll(TranscriptLine.of(entry, journal));
        }
        lines.sort(Comparator.comparingLong(TranscriptLine::nanos));
        List<String> transcript = new ArrayList<>();
        for (TranscriptLine line : lines) {
            transcript.addAll(line.formatted());
        }
        last.forEach(line -> transcript.add("     wire      " + line.text()));
        return transcript;
    }

    /** Returns whether a check has a line of its own. Steps and violations have their lines as journal entries. */
    static boolean hasOwnLine(Check check) {
        return switch (check.kind()) {
            case CheckKind.Step _, CheckKind.Violation _ -> false;
            case NamedCheck _, CheckKind.Other _ -> check.witness() != Witness.SERVER || !check.met();
        };
    }

    private static String describe(Check check) {
        String who = check.witness() == Witness.SCRIPT ? "script  " : "";
        CheckWording wording = CheckWording.of(check);
        String what = check.met()
                ? wording.what() + ": " + wording.actual()
                        + (check.measured().isPresent() ? ", expected " + wording.expected() : "")
                : wording.what() + " " + notMet(check.strength()) + ": expected " + wording.expected() + ", got "
                        + wording.actual();
        return who + what + (check.position().isEmpty() ? "" : "  (" + check.position() + ")");
    }

    static String notMet(Strength strength) {
        return switch (strength) {
            case ANY_LEVEL, CASE -> "not met";
            case SHOULD -> "not met (should)";
        };
    }
}
