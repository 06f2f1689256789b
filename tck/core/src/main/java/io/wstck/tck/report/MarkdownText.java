package io.wstck.tck.report;

/**
 * Escapes foreign text for Markdown and HTML. It appears unchanged, and creates no link, mention, table cell or
 * element. Stateless.
 */
public final class MarkdownText {
    /** Punctuation without a meaning inside a line. */
    private static final String PLAIN = " ,;/='\"%+()?-";

    private MarkdownText() {}

    /**
     * Escapes text for a line or a table cell. Control characters are shown as {@link EscapedText} shows them. Other
     * punctuation becomes a character reference, which Markdown never interprets.
     */
    public static String inline(String text) {
        int[] points = EscapedText.line(text).codePoints().toArray();
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
            // "www." starts a link.
            case '.' -> at == 0 || Character.toLowerCase(points[at - 1]) != 'w';
            // "http:" starts a link, ":a:" is an emoji.
            case ':' -> at + 1 == points.length || points[at + 1] == ' ';
            default -> point > 127 || Character.isLetterOrDigit(point) || PLAIN.indexOf(point) >= 0;
        };
    }

    /** Escapes text for an HTML block or attribute. Control characters are shown as {@link EscapedText} shows them. */
    public static String html(String text) {
        StringBuilder out = new StringBuilder(text.length());
        EscapedText.line(text).codePoints().forEach(point -> {
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
