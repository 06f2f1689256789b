package io.wstck.tck.autobahn.report;

import io.wstck.tck.report.MarkdownText;

/** Escapes text for HTML pages. Stateless. */
final class HtmlEscaper {
    private HtmlEscaper() {}

    /** Escapes {@code text} as one line, for the content of an element or a quoted attribute. */
    static String line(String text) {
        return MarkdownText.html(text).replace("'", "&#39;");
    }

    /** Escapes {@code text} line by line, for an element that keeps line ends. */
    static String lines(String text) {
        StringBuilder out = new StringBuilder();
        text.lines().forEach(line -> out.append(line(line)).append('\n'));
        return out.toString();
    }
}
