package io.wstck.server.journal;

import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalEntry.Stamp;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.RecordedPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Records the journal of one session, within limits of its own and within the server's memory budget. Frames, messages
 * and bytes beyond the limits are counted and dropped. Some entries are reserved for all other events, so that the end
 * of a connection is recorded even after a flood. Any thread.
 */
public final class JournalRecorder {
    /** The most entries of a journal. */
    public static final int MAX_ENTRIES = 20_000;

    /** The most entries that are frames, messages or bytes. */
    public static final int MAX_TRAFFIC = 18_000;

    /** The most payload bytes of a journal. */
    public static final long MAX_PAYLOAD_BYTES = 32L << 20;

    /** The approximate size of an entry without its payload, in bytes. */
    private static final long ENTRY_BYTES = 500;

    private final JournalRetention retention;
    private final MemoryBudget memory;
    private final long opened = System.nanoTime();

    /** Guards the fields below. Entries are in the order in which threads acquire this lock. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<JournalEntry> entries = new ArrayList<>();
    private long payloadBytes;
    private long reserved;
    /** After the release the journal reserves no more memory, though a few last entries may come. */
    private boolean released;

    private long dropped;

    /** Whether entries are kept. */
    public enum JournalRetention {
        ENTRIES,
        /** For endpoints without a session: their journal is never read. */
        NOTHING
    }

    /** A journal that reserves its entries in {@code memory} until it is released. */
    public JournalRecorder(JournalRetention retention, MemoryBudget memory) {
        this.retention = retention;
        this.memory = memory;
    }

    /** The {@link System#nanoTime} of time 0 in this journal. */
    public long opened() {
        return opened;
    }

    /** Whether entries are kept. */
    public JournalRetention retention() {
        return retention;
    }

    /** Adds the entry that {@code entry} creates from its stamp. */
    public void add(Optional<ConnectionId> connection, Function<Stamp, JournalEntry> entry) {
        if (retention == JournalRetention.NOTHING) {
            return;
        }
        lock.lock();
        try {
            Stamp stamp = new Stamp(entries.size() + 1L, System.nanoTime() - opened, connection);
            JournalEntry made = entry.apply(stamp);
            if (hasRoomFor(made)) {
                entries.add(made);
            } else {
                dropped++;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Counts a connection that exceeded the limit as a dropped entry. */
    public void drop() {
        lock.lock();
        try {
            dropped++;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(JournalEntry entry) {
        long bytes = switch (entry) {
            case JournalEntry.Frame e -> size(e.payload());
            case JournalEntry.DataMessage e -> size(e.payload());
            case JournalEntry.RawBytes e -> size(e.payload());
            case JournalEntry.RequestRead e ->
                e.request().headers().size() * 100L + e.request().line().length();
            default -> -1;
        };
        if (bytes < 0) {
            boolean room = entries.size() < MAX_ENTRIES;
            long unread = entry instanceof JournalEntry.UnreadBytes e
                    ? e.payload().map(JournalRecorder::size).orElse(0L)
                    : 0;
            reserveBeyondLimit(room ? ENTRY_BYTES + unread : 0);
            return room;
        }
        if (entries.size() >= MAX_TRAFFIC || payloadBytes + bytes > MAX_PAYLOAD_BYTES) {
            return false;
        }
        if (!released && !memory.tryReserve(ENTRY_BYTES + bytes)) {
            return false;
        }
        reserved += released ? 0 : ENTRY_BYTES + bytes;
        payloadBytes += bytes;
        return true;
    }

    /** Reserves memory beyond the budget: these entries are essential evidence, and there are few. */
    private void reserveBeyondLimit(long bytes) {
        if (!released) {
            memory.reserveBeyondLimit(bytes);
            reserved += bytes;
        }
    }

    /** Releases the memory of a closed session. The journal stays readable. */
    public void release() {
        lock.lock();
        try {
            memory.release(reserved);
            reserved = 0;
            released = true;
        } finally {
            lock.unlock();
        }
    }

    private static long size(RecordedPayload payload) {
        return payload.kept().length();
    }

    /** A snapshot of the journal. */
    public Journal snapshot(String session, String name, boolean settled) {
        lock.lock();
        try {
            return new Journal(session, name, entries, dropped, settled);
        } finally {
            lock.unlock();
        }
    }
}
