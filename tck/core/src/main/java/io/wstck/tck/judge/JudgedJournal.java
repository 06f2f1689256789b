package io.wstck.tck.judge;

import io.wstck.server.ServerSession;
import io.wstck.server.journal.Journal;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.journal.JournalRecorder;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Extracts from a server's journal the parts that matter to the judge: the entries that count, the server's checks, and
 * its errors. Immutable.
 */
public final class JudgedJournal {
    private final List<JournalEntry> all;
    private final long dropped;
    private final List<JournalEntry> judged;
    private final boolean endedEarly;

    private JudgedJournal(List<JournalEntry> all, long dropped) {
        this.all = all;
        this.dropped = dropped;
        int end = earlyEnd(all);
        endedEarly = end < all.size();
        judged = judged(all.subList(0, end));
    }

    public static JudgedJournal of(Journal journal) {
        return new JudgedJournal(journal.entries(), journal.dropped());
    }

    /** Reads a journal. A case without a server has none, and its entries are empty. */
    public static JudgedJournal of(Optional<Journal> journal) {
        return journal.map(JudgedJournal::of).orElseGet(() -> new JudgedJournal(List.of(), 0));
    }

    /**
     * Returns whether the server ended a connection because a required step was not met. Later entries are not judged:
     * the client could not continue on that connection, and the server has ended the others too.
     */
    public boolean endedEarly() {
        return endedEarly;
    }

    /** Returns the index of the entry with the early end, or the number of entries if there is none. */
    private static int earlyEnd(List<JournalEntry> entries) {
        int index = 0;
        while (index < entries.size()
                && !(entries.get(index) instanceof JournalEntry.ServerEnded end && end.cause() != EndCause.SCENARIO)) {
            index++;
        }
        return index;
    }

    /**
     * Returns the entries that are judged, in order. These are the entries of each connection before its epilogue, and
     * traffic that the client had sent by then. Nothing after an early end counts.
     */
    public List<JournalEntry> judged() {
        return judged;
    }

    /** Returns all entries. */
    public List<JournalEntry> all() {
        return all;
    }

    /** Returns the names of the servers that had a connection. */
    public Set<String> connectedServers() {
        return all.stream()
                .flatMap(entry -> entry.stamp().connection().stream())
                .map(ConnectionId::server)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the steps of the server and the violations that it noted, as checks. */
    public List<Check> checks(Set<Rule> tolerated) {
        List<Check> checks = new ArrayList<>();
        for (JournalEntry entry : judged) {
            switch (entry) {
                case JournalEntry.StepDone step -> checks.add(check(step));
                case JournalEntry.ViolationNoted noted -> {
                    if (!tolerated.contains(noted.violation().rule())) {
                        checks.add(check(noted));
                    }
                }
                default -> {}
            }
        }
        floodCheck().ifPresent(checks::add);
        return checks;
    }

    /** Returns a step of the server as a check. */
    public static Check check(JournalEntry.StepDone step) {
        return new Check(
                Witness.SERVER,
                switch (step.outcome()) {
                    case MISSED -> Strength.SHOULD;
                    case MET, FAILED -> Strength.CASE;
                },
                switch (step.outcome()) {
                    case MET -> Check.Outcome.MET;
                    case MISSED, FAILED -> Check.Outcome.FAILED;
                },
                new CheckKind.Step(step),
                step.expected(),
                step.actual(),
                "",
                step.nanos());
    }

    /** Returns a violation that the server noted as a check. */
    public static Check check(JournalEntry.ViolationNoted noted) {
        Rule rule = noted.violation().rule();
        return new Check(
                Witness.SERVER,
                Strength.CASE,
                Check.Outcome.FAILED,
                new CheckKind.Violation(rule),
                "a client that keeps to " + rule.source(),
                noted.violation().detail(),
                "",
                noted.nanos());
    }

    /**
     * Returns the error that kept the server from playing or recording, if there was one.
     *
     * @param read time at which the journal was read, in nanoseconds since its session was opened
     */
    public Optional<KitError> kitError(long read) {
        for (JournalEntry entry : all) {
            if (entry instanceof JournalEntry.ServerFailure trouble) {
                return Optional.of(
                        new KitError("the reference server had trouble: " + trouble.detail(), trouble.nanos()));
            }
        }
        return dropped > 0 && floodCheck().isEmpty()
                ? Optional.of(new KitError("the journal is full: " + dropped + " entries were not kept", read))
                : Optional.empty();
    }

    /**
     * Returns a failed check if the client filled the journal. A journal that the scenario filled is not the client's
     * fault.
     */
    private Optional<Check> floodCheck() {
        if (dropped == 0) {
            return Optional.empty();
        }
        long connections = all.stream()
                .flatMap(entry -> entry.stamp().connection().stream())
                .mapToInt(ConnectionId::number)
                .distinct()
                .count();
        if (connections >= ServerSession.MAX_CONNECTIONS) {
            return Optional.of(failedFloodCheck(
                    "at most " + ServerSession.MAX_CONNECTIONS + " connections",
                    "more than " + ServerSession.MAX_CONNECTIONS + " connections"));
        }
        // An echo writes as much as it reads. If the server sent more than it received, its scenario filled the
        // journal.
        long sent = all.stream().filter(JudgedJournal::isSentByServer).count();
        long received = all.stream()
                .filter(entry -> entry instanceof JournalEntry.Traffic && !isSentByServer(entry))
                .count();
        return received < sent
                ? Optional.empty()
                : Optional.of(failedFloodCheck(
                        "no more frames and messages than a journal keeps (" + JournalRecorder.MAX_TRAFFIC
                                + " entries, " + (JournalRecorder.MAX_PAYLOAD_BYTES >> 20) + " MiB)",
                        dropped + " entries more"));
    }

    private Check failedFloodCheck(String expected, String actual) {
        long last = all.stream().mapToLong(JournalEntry::nanos).max().orElse(0);
        return new Check(
                Witness.SERVER, Strength.CASE, Check.Outcome.FAILED, NamedCheck.JOURNAL, expected, actual, "", last);
    }

    private static List<JournalEntry> judged(List<JournalEntry> entries) {
        Map<Integer, Epilogue> epilogues = new HashMap<>();
        List<JournalEntry> judged = new ArrayList<>();
        for (JournalEntry entry : entries) {
            Epilogue state =
                    epilogues.getOrDefault(entry.connection(), Epilogue.BEFORE).after(entry);
            epilogues.put(entry.connection(), state);
            if (state.counts(entry)) {
                judged.add(entry);
            }
        }
        return List.copyOf(judged);
    }

    /** The progress of the epilogue on one connection. */
    private enum Epilogue {
        BEFORE,
        /** The server has sent the fence. The client sent the traffic that arrives now before it knew of the end. */
        FENCE,
        /** The client's close frame was in flight, so the closing handshake is the client's own. */
        CLOSED_BY_CLIENT,
        CLOSED_BY_SERVER;

        Epilogue after(JournalEntry entry) {
            return switch (this) {
                case BEFORE -> entry instanceof JournalEntry.Epilogue ? FENCE : BEFORE;
                case FENCE ->
                    !hasOpcode(entry, Opcode.CLOSE)
                            ? FENCE
                            : isSentByServer(entry) ? CLOSED_BY_SERVER : CLOSED_BY_CLIENT;
                case CLOSED_BY_CLIENT, CLOSED_BY_SERVER -> this;
            };
        }

        boolean counts(JournalEntry entry) {
            return switch (this) {
                case BEFORE, CLOSED_BY_CLIENT -> true;
                // The ping and pong of the fence do not count.
                case FENCE ->
                    !isSentByServer(entry)
                            && !hasOpcode(entry, Opcode.PONG)
                            && !(entry instanceof JournalEntry.Epilogue);
                case CLOSED_BY_SERVER -> false;
            };
        }
    }

    private static boolean isSentByServer(JournalEntry entry) {
        return entry instanceof JournalEntry.Traffic traffic && traffic.direction() == Direction.OUT;
    }

    private static boolean hasOpcode(JournalEntry entry, int opcode) {
        return entry instanceof JournalEntry.Frame frame && frame.header().opcode() == opcode;
    }
}
