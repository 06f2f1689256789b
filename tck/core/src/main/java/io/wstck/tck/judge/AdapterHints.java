package io.wstck.tck.judge;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.journal.StepKind;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.RecordedPayload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds, in the checks and the journal of a case, signs of a fault of the adapter, and explains them in one sentence. A
 * hint does not change the verdict, because a client alone can behave the same way. Stateless.
 */
public final class AdapterHints {
    /** Hint for a case that the adapter could not play because a call failed inside the adapter. */
    public static final String ADAPTER_ERROR =
            "the adapter failed in this call: if the client itself raised the error, the adapter"
                    + " has to answer null and an error";

    static final String SECOND_CLOSE =
            "the client sent a second close frame after its own: an adapter that calls close after"
                    + " the library has closed does this";
    static final String READ_LIMIT =
            "the client closed with 1009, message too big: an adapter has to raise the client's own limit"
                    + " to 32 MiB, unless the case gives a `read_limit`";
    static final String READ_FAILED =
            "the client's receive said that the connection had ended, and the server saw no end of"
                    + " it: an adapter that does not end the connection after a failed read does this";
    static final String RAISED =
            "a call raised an error in the script: an adapter has to return nil and an error when a call"
                    + " of the client fails";

    /** Close codes with which a library reacts to an error of the server. An adapter closes with other codes. */
    private static final Set<Integer> CODES_OF_ERRORS = Set.of(1002, 1003, 1007, 1008, 1009, 1010, 1011);

    /** RFC 6455 section 7.4.1. */
    private static final int MESSAGE_TOO_BIG = 1009;

    private AdapterHints() {}

    /**
     * Returns the hint for a case with these checks, if one of them failed and it looks like a fault of the adapter.
     */
    public static Optional<String> of(List<Check> checks, JudgedJournal journal) {
        if (checks.stream().noneMatch(check -> check.outcome() == Check.Outcome.FAILED)) {
            return Optional.empty();
        }
        if (closedTwice(journal.all())) {
            return Optional.of(SECOND_CLOSE);
        }
        if (clientCloses(journal.all()).anyMatch(close -> code(close.payload()).equals(Optional.of(MESSAGE_TOO_BIG)))) {
            return Optional.of(READ_LIMIT);
        }
        if (endSeenOnlyByScript(checks, journal.all())) {
            return Optional.of(READ_FAILED);
        }
        return checks.stream().anyMatch(AdapterHints::raised) ? Optional.of(RAISED) : Optional.empty();
    }

    /**
     * Returns whether a connection has a close frame of the client with an error code, and then a second close frame.
     */
    private static boolean closedTwice(List<JournalEntry> entries) {
        Map<Integer, Boolean> closed = new HashMap<>();
        for (JournalEntry.Frame close : clientCloses(entries).toList()) {
            if (closed.getOrDefault(close.connection(), false)) {
                return true;
            }
            closed.putIfAbsent(
                    close.connection(),
                    code(close.payload()).filter(CODES_OF_ERRORS::contains).isPresent());
        }
        return false;
    }

    /** The close frames that the client sent, in the order of the journal. */
    private static Stream<JournalEntry.Frame> clientCloses(List<JournalEntry> entries) {
        return entries.stream()
                .filter(JournalEntry.Frame.class::isInstance)
                .map(JournalEntry.Frame.class::cast)
                .filter(frame -> isClose(frame) && frame.direction() == Direction.IN);
    }

    /** Returns whether the script was told that the connection was closed, and the server never saw it end. */
    private static boolean endSeenOnlyByScript(List<Check> checks, List<JournalEntry> entries) {
        Optional<Check> closedInScript = checks.stream()
                .filter(check -> check.witness() == Witness.SCRIPT && check.kind() == NamedCheck.CLOSED && check.met())
                .findFirst();
        return closedInScript.isPresent()
                && checks.stream()
                        .anyMatch(check -> isUnmetExpectFailed(check)
                                && check.nanos() >= closedInScript.get().nanos())
                && entries.stream()
                        .filter(entry -> entry.nanos() < closedInScript.get().nanos())
                        .noneMatch(AdapterHints::isEnd);
    }

    private static boolean isUnmetExpectFailed(Check check) {
        return check.witness() == Witness.SERVER
                && check.outcome() == Check.Outcome.FAILED
                && check.kind() instanceof CheckKind.Step(JournalEntry.StepDone done)
                && done.step() == StepKind.EXPECT_FAILED;
    }

    private static boolean isEnd(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.ClientEnded _, JournalEntry.ServerEnded _ -> true;
            case JournalEntry.Frame frame -> isClose(frame);
            default -> false;
        };
    }

    private static boolean raised(Check check) {
        return check.witness() == Witness.SCRIPT
                && check.outcome() == Check.Outcome.FAILED
                && check.kind() == NamedCheck.ERROR;
    }

    private static boolean isClose(JournalEntry.Frame frame) {
        return frame.header().opcode() == Opcode.CLOSE;
    }

    private static Optional<Integer> code(RecordedPayload close) {
        return close.whole()
                .filter(bytes -> bytes.length() >= 2)
                .map(bytes -> Short.toUnsignedInt(bytes.buffer().getShort()));
    }
}
