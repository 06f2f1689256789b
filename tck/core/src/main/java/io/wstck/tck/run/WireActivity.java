package io.wstck.tck.run;

import io.wstck.server.journal.Journal;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.wire.Opcode;
import java.time.Duration;

/** Measures the time before a given moment in which the wire showed no progress of a script. Stateless. */
final class WireActivity {
    private WireActivity() {}

    /**
     * Returns the time without traffic before a moment. Returns zero if the journal is full, because later traffic is
     * unknown.
     *
     * @param begun start of the script, a {@link System#nanoTime}
     * @param at a later {@link System#nanoTime}
     */
    static Duration silence(CaseContext context, long begun, long at) {
        long last = context.servers()
                .map(servers -> last(servers, context.epoch(), at))
                .orElse(begun);
        return Duration.ofNanos(Math.min(at - last, at - begun));
    }

    private static long last(CaseContext.RunningServers servers, long epoch, long at) {
        Journal journal = servers.session().journal();
        if (journal.dropped() > 0) {
            return at;
        }
        return journal.entries().stream()
                .filter(WireActivity::showsProgress)
                .mapToLong(entry -> epoch + entry.nanos())
                .filter(nanos -> nanos - at <= 0)
                .max()
                .orElse(epoch);
    }

    /**
     * Returns whether an entry shows progress: new connections and data in both directions. Control frames do not
     * count, since many clients answer them while their script hangs.
     */
    private static boolean showsProgress(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.TcpOpened _, JournalEntry.RequestRead _ -> true;
            case JournalEntry.Frame frame -> frame.header().opcode() <= Opcode.BINARY;
            default -> false;
        };
    }
}
