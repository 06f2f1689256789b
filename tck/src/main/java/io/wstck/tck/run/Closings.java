package io.wstck.tck.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Closes what a case was played with. What cannot be closed is a note for its transcript: the evidence is there by then, and
 * must not be lost. For one thread.
 */
final class Closings {
    private final List<String> notes = new ArrayList<>();

    /** What is closed at the end of a block. */
    interface Closing extends AutoCloseable {
        @Override
        void close();
    }

    Closing of(String name, AutoCloseable resource) {
        return () -> {
            try {
                resource.close();
            } catch (Exception e) {
                notes.add(name + " could not be closed: " + e.getMessage());
                for (Throwable suppressed : e.getSuppressed()) {
                    notes.add("  " + suppressed.getMessage());
                }
            }
        };
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
