package io.wstck.server.journal;

import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalEntry.Stamp;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Keeps the entries of one session while they happen, within bounds, its own and those of the server's memory: frames, messages and bytes beyond them are counted and
 * not kept; the last entries' room belongs to everything else, so that an ending is evidence also after a flood. Any thread.
 */
public final class JournalKeeper {
    /** How many entries are kept. */
    public static final int MAX_ENTRIES = 20_000;

    /** How many of them can be frames, messages and bytes. */
    public static final int MAX_TRAFFIC = 18_000;

    /** How many bytes of payloads are kept, beside entries' fixed size. */
    public static final long MAX_PAYLOAD_BYTES = 32L << 20;

    /** What an entry takes beside its payload, in bytes: about that much. */
    private static final long ENTRY_BYTES = 500;

    private final Kept kept;
    private final MemoryBudget memory;
    private final long opened = System.nanoTime();

    /** Guards the fields below: the order of the entries is the order in which it was taken. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<JournalEntry> entries = new ArrayList<>();
    private long payloadBytes;
    private long held;
    private Hold hold = Hold.HOLDING;
    private long dropped;

    /** Whether entries are kept at all. */
    public enum Kept {
        ENTRIES,
        /** For endpoints used by hand, whose journal nobody reads. */
        NOTHING
    }

    private enum Hold {
        HOLDING,
        /** Nothing is taken from the server's memory any more, though a few last entries may come. */
        RELEASED
    }

    /** A journal whose entries are taken from {@code memory}, until it is released. */
    public JournalKeeper(Kept kept, MemoryBudget memory) {
        this.kept = kept;
        this.memory = memory;
    }

    /** The {@link System#nanoTime} that the times of entries count from. */
    public long opened() {
        return opened;
    }

    /** Whether entries are kept at all. */
    public Kept kept() {
        return kept;
    }

    /** Adds the entry that {@code entry} makes of its stamp. */
    public void add(Optional<ConnectionId> connection, Function<Stamp, JournalEntry> entry) {
        if (kept == Kept.NOTHING) {
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

    /** Counts something that happened and could not be kept at all: a connection too many. */
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
            long unread = entry instanceof JournalEntry.Unread e
                    ? e.payload().map(JournalKeeper::size).orElse(0L)
                    : 0;
            holdAnyway(room ? ENTRY_BYTES + unread : 0);
            return room;
        }
        if (entries.size() >= MAX_TRAFFIC || payloadBytes + bytes > MAX_PAYLOAD_BYTES) {
            return false;
        }
        if (hold == Hold.HOLDING && !memory.take(ENTRY_BYTES + bytes)) {
            return false;
        }
        held += hold == Hold.HOLDING ? ENTRY_BYTES + bytes : 0;
        payloadBytes += bytes;
        return true;
    }

    /** An ending is evidence, room or no room: there are few of these. */
    private void holdAnyway(long bytes) {
        if (hold == Hold.HOLDING) {
            memory.takeAnyway(bytes);
            held += bytes;
        }
    }

    /** The session is closed: its journal is no longer the server's to keep, though it stays readable. */
    public void release() {
        lock.lock();
        try {
            memory.give(held);
            held = 0;
            hold = Hold.RELEASED;
        } finally {
            lock.unlock();
        }
    }

    private static long size(Payload payload) {
        return payload.kept().length();
    }

    /** The journal as it stands. */
    public Journal snapshot(String session, String name, boolean settled) {
        lock.lock();
        try {
            return new Journal(session, name, entries, dropped, settled);
        } finally {
            lock.unlock();
        }
    }
}
