package io.wstck.server.journal;

/** Hears of the entries of one connection while they happen. Any thread; never waits. */
public interface JournalWatch {
    /** Hears nothing. */
    JournalWatch NOBODY = new JournalWatch() {
        @Override
        public boolean looking() {
            return false;
        }

        @Override
        public void happened(JournalEntry entry) {
            // Nobody looks.
        }

        @Override
        public void ended() {
            // Nobody looks.
        }
    };

    /** Whether somebody looks now; entries are not made for a watch that does not. Asked once an entry: cheap. */
    boolean looking();

    void happened(JournalEntry entry);

    /** The connection is over. Comes once, also when nobody looks. */
    void ended();
}
