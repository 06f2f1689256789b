package io.wstck.tck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The formats for recorded runs, in the order in which a run writes and lists them. They need only the events. */
public enum Renderer {
    /** JUnit XML for CI servers. */
    JUNIT("junit", "junit.xml", RunCapacity.ONE_RUN),
    /** Markdown for the summary page of a CI job. */
    MARKDOWN("markdown", "report.md", RunCapacity.ONE_RUN),
    /** An image with profile and conclusion, for a README. */
    BADGE("badge", "badge.svg", RunCapacity.ONE_RUN),
    /** A page for people, with one run or several side by side. It loads nothing from other files. */
    HTML("html", "report.html", RunCapacity.MANY_RUNS);

    /** How many runs a rendering shows. */
    public enum RunCapacity {
        /** Exactly one. */
        ONE_RUN,
        /** One, or several side by side. */
        MANY_RUNS
    }

    private final String format;
    private final String fileName;
    private final RunCapacity room;

    Renderer(String format, String fileName, RunCapacity room) {
        this.format = format;
        this.fileName = fileName;
        this.room = room;
    }

    /** All formats. */
    public static List<Renderer> all() {
        return List.of(values());
    }

    /** The format with this word. */
    public static Optional<Renderer> of(String format) {
        return Stream.of(values())
                .filter(renderer -> renderer.format.equals(format))
                .findFirst();
    }

    /** The word of {@code report --format}, in lower case: {@code junit}. */
    public String format() {
        return format;
    }

    /** The file name in the report folder: {@code junit.xml}. */
    public String fileName() {
        return fileName;
    }

    public RunCapacity room() {
        return room;
    }

    /**
     * Writes the runs as one document. It says if a run is truncated or was interrupted. Foreign text is escaped.
     *
     * @param runs one, or several if {@link #room} allows it
     * @param out stays open, and need not be buffered by the caller
     * @throws IOException if {@code out} cannot be written
     */
    public void render(List<RecordedRun> runs, OutputStream out) throws IOException {
        switch (this) {
            case JUNIT -> JunitXml.write(runs.getFirst(), out);
            case MARKDOWN -> write(new MarkdownReport(runs.getFirst()).text(), out);
            case BADGE -> write(Badge.svg(runs.getFirst()), out);
            case HTML -> HtmlPage.write(HtmlIndex.of(runs), out);
        }
    }

    private static void write(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
