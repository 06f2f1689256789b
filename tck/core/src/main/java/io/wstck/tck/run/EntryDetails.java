package io.wstck.tck.run;

import io.wstck.server.head.HeadExcerpt;
import io.wstck.server.head.JournalHeads;
import io.wstck.server.head.SensitiveHeaders;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.wire.HttpRequest;
import io.wstck.tck.judge.JudgedJournal;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A journal and the details that reports show of its entries: HTTP heads without credentials, and the content of
 * compressed messages. Immutable.
 */
final class EntryDetails {
    private final List<JournalEntry> entries;
    private final IdentityHashMap<JournalEntry, List<HeadExcerpt>> heads = new IdentityHashMap<>();
    private final InflatedMessages inflations;

    private EntryDetails(List<JournalEntry> entries, JournalHeads reader) {
        this.entries = List.copyOf(entries);
        this.inflations = InflatedMessages.of(entries);
        Map<Integer, HttpRequest> requests = new HashMap<>();
        for (JournalEntry entry : entries) {
            List<HeadExcerpt> found = reader.of(entry, Optional.ofNullable(requests.get(entry.connection())));
            if (entry instanceof JournalEntry.RequestRead read) {
                requests.put(read.connection(), read.request());
            }
            if (!found.isEmpty()) {
                heads.put(entry, found);
            }
        }
    }

    /**
     * Reads the details of a journal.
     *
     * @param ownText text of the case file; a credential that occurs in it belongs to the kit and is shown
     */
    static EntryDetails of(JudgedJournal journal, String ownText) {
        return new EntryDetails(journal.all(), new JournalHeads(SensitiveHeaders.except(ownText)));
    }

    /** Returns all entries of the journal in order. */
    List<JournalEntry> entries() {
        return entries;
    }

    /** Returns the HTTP heads in an entry. Empty for other entries. */
    List<HeadExcerpt> heads(JournalEntry entry) {
        return heads.getOrDefault(entry, List.of());
    }

    /** Returns the inflated message that ends with this frame. Absent if the journal has an entry for that message. */
    Optional<InflatedMessage> inflation(JournalEntry.Frame frame) {
        return inflations.after(frame);
    }
}
