package io.wstck.tck.report;

/**
 * Text of others in Markdown as GitHub and its like render it: it comes out as it is, and makes no link, mention, table cell or element.
 * Stateless.
 */
public final class MarkdownText {
    /** Punctuation that means nothing within a line. */
    private static final String PLAIN = " ,;/='%()?-";

    private MarkdownText() {}

    /**
     * {@code text} for the middle of a line or the cell of a table, control characters as {@link Printable} shows them. Other
     * punctuation becomes a character reference, which Markdown never takes for a mark of its own.
     */
    public static String inline(String text) {
        StringBuilder out = new StringBuilder(text.length());
        Printable.line(text).codePoints().forEach(point -> {
            if (point > 127 || Character.isLetterOrDigit(point) || PLAIN.indexOf(point) >= 0) {
                out.appendCodePoint(point);
            } else {
                out.append("&#").append(point).append(';');
            }
        });
        return out.toString();
    }

    /** {@code text} for an HTML block or attribute, where Markdown has no say; control characters as {@link Printable} shows them. */
    public static String html(String text) {
        StringBuilder out = new StringBuilder(text.length());
        Printable.line(text).codePoints().forEach(point -> {
            switch (point) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(point);
            }
        });
        return out.toString();
    }
}
