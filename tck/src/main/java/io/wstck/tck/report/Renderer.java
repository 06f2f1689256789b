package io.wstck.tck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A form that recorded runs can be given: {@code junit.xml}, {@code report.md}, …. Needs nothing but the events. Stateless; {@link
 * Renderers} lists them all.
 */
public interface Renderer {
    /** How many runs a form has room for. */
    enum Room {
        /** Exactly one. */
        ONE_RUN,
        /** One, or several beside each other. */
        MANY_RUNS
    }

    /** The word that {@code report --format} knows it by, lower case: {@code junit}. */
    String format();

    /** The file in a run's report folder: {@code junit.xml}. */
    String fileName();

    Room room();

    /**
     * Writes the runs as one whole document. A run without a footer is truncated, one whose footer says that it was interrupted is not
     * all there: the document says so. Text of others, names and payloads, is escaped.
     *
     * @param runs one, or as many as there is {@link #room} for
     * @param out stays open, and need not be buffered by the caller
     * @throws IOException if {@code out} cannot be written
     */
    void render(List<RecordedRun> runs, OutputStream out) throws IOException;
}
