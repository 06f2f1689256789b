package io.wstck.server.journal;

/** Receives the journal entries of one connection as they are written. Any thread; must not block. */
public interface JournalListener {
    /** A listener that ignores everything. */
    JournalListener NONE = new JournalListener() {
        @Override
        public boolean isActive() {
            return false;
        }

        @Override
        public void onEntry(JournalEntry entry) {
            // Ignored.
        }

        @Override
        public void onEnd() {
            // Ignored.
        }
    };

    /** Whether the listener wants entries now. Called once per entry, so it must be cheap. */
    boolean isActive();

    void onEntry(JournalEntry entry);

    /** Called once when the connection is over, even while the listener wants no entries. */
    void onEnd();
}
