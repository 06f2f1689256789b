package io.wstck.tck.report;

/**
 * Text of others in Markdown as GitHub and its like render it: it comes out as it is, and makes no link, mention, table cell or element.
 * Stateless.
 */
public final class MarkdownText {
    /** Punctuation that means nothing within a line. */
    private static final String PLAIN = " ,;/='\"%+()?-";

    private MarkdownText() {}

    /**
     * {@code text} for the middle of a line or the cell of a table, control characters as {@link Printable} shows them. Other
     * punctuation becomes a character reference, which Markdown never takes for a mark of its own.
     */
    public static String inline(String text) {
        int[] points = Printable.line(text).codePoints().toArray();
        StringBuilder out = new StringBuilder(points.length);
        for (int at = 0; at < points.length; at++) {
            if (isPlain(points, at)) {
                out.appendCodePoint(points[at]);
            } else {
                out.append("&#").append(points[at]).append(';');
            }
        }
        return out.toString();
    }

    private static boolean isPlain(int[] points, int at) {
        int point = points[at];
        return switch (point) {
            // "www." begins a link.
            case '.' -> at == 0 || Character.toLowerCase(points[at - 1]) != 'w';
            // "http:" begins a link, ":a:" is a picture.
            case ':' -> at + 1 == points.length || points[at + 1] == ' ';
            default -> point > 127 || Character.isLetterOrDigit(point) || PLAIN.indexOf(point) >= 0;
        };
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
