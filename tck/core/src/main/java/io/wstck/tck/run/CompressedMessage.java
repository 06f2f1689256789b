package io.wstck.tck.run;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Collects the frames of one compressed message from a journal. Not thread-safe. */
final class CompressedMessage {
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private JournalEntry.Frame lastFrame;
    private boolean whole = true;
    private boolean inJournal;

    CompressedMessage(JournalEntry.Frame first) {
        lastFrame = first;
        collect(first);
    }

    void add(JournalEntry.Frame continuation) {
        lastFrame = continuation;
        collect(continuation);
    }

    private void collect(JournalEntry.Frame frame) {
        Optional<Bytes> bytes = frame.payload().whole();
        bytes.ifPresent(kept -> collected.writeBytes(kept.toArray()));
        whole &= bytes.isPresent();
    }

    /** Returns whether the last frame is still missing. */
    boolean isOpen() {
        return !lastFrame.header().fin();
    }

    /** Marks that the journal has an entry with the content of the message. */
    void markInJournal() {
        inJournal = true;
    }

    boolean isInJournal() {
        return inJournal;
    }

    JournalEntry.Frame lastFrame() {
        return lastFrame;
    }

    /** Returns the joined payload of the frames. It is absent if the journal kept only the beginning of a frame. */
    Optional<Bytes> payload() {
        return whole ? Optional.of(Bytes.owning(collected.toByteArray())) : Optional.empty();
    }
}
