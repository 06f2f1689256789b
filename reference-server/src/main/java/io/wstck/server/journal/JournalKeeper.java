package io.wstck.server.journal;

import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalEntry.Stamp;
import io.wstck.server.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Keeps the entries of one session while they happen, within bounds: frames, messages and bytes beyond them are counted and
 * not kept; the last entries' room belongs to everything else, so that an ending is evidence also after a flood. Any thread.
 */
public final class JournalKeeper {
    /** How many entries are kept. */
    public static final int MAX_ENTRIES = 20_000;

    /** How many of them can be frames, messages and bytes. */
    public static final int MAX_TRAFFIC = 18_000;

    /** How many bytes of payloads are kept, beside entries' fixed size. */
    public static final long MAX_PAYLOAD_BYTES = 32L << 20;

    private final Kept kept;
    private final long opened = System.nanoTime();

    /** Guards the fields below: the order of the entries is the order in which it was taken. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<JournalEntry> entries = new ArrayList<>();
    private long payloadBytes;
    private long dropped;

    /** Whether entries are kept at all. */
    public enum Kept {
        ENTRIES,
        /** For endpoints used by hand, whose journal nobody reads. */
        NOTHING
    }

    public JournalKeeper(Kept kept) {
        this.kept = kept;
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
            return entries.size() < MAX_ENTRIES;
        }
        if (entries.size() >= MAX_TRAFFIC || payloadBytes + bytes > MAX_PAYLOAD_BYTES) {
            return false;
        }
        payloadBytes += bytes;
        return true;
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
