package io.wstck.tck.report;

import io.wstck.server.text.ResourceText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Combines data, script and style in one HTML page. Its content security policy allows only this script and this style,
 * by their hashes. So data that was mistaken for markup could not run or load anything. Stateless.
 */
final class HtmlPage {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z-]+)}");

    /** Each script may use those before it. */
    private static final List<String> SCRIPTS = List.of(
            "dom.js",
            "data.js",
            "summary.js",
            "filters.js",
            "sequence.js",
            "causes.js",
            "case.js",
            "list.js",
            "matrix.js",
            "main.js");

    private HtmlPage() {}

    /** Writes the page in UTF-8. */
    static void write(HtmlIndex index, OutputStream out) throws IOException {
        String style = resource("report.css");
        String script =
                "\"use strict\";\n" + SCRIPTS.stream().map(HtmlPage::resource).collect(Collectors.joining("\n"));
        String page = resource("page.html");
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        Matcher place = PLACE.matcher(page);
        int written = 0;
        while (place.find()) {
            text.append(page, written, place.start());
            switch (place.group(1)) {
                case "style-hash" -> text.write(hash(style));
                case "script-hash" -> text.write(hash(script));
                case "style" -> text.write(style);
                case "script" -> text.write(script);
                case "index" -> text.write(index.json());
                case "details" -> details(index.chunks(), text);
                default -> throw new IllegalStateException("page.html has an unknown placeholder: " + place.group(1));
            }
            written = place.end();
        }
        text.append(page, written, page.length());
        text.flush();
    }

    private static void details(List<byte[]> chunks, Writer text) throws IOException {
        for (int number = 0; number < chunks.size(); number++) {
            text.write("<script type=\"text/plain\" id=\"details-" + number + "\">");
            text.write(Base64.getEncoder().encodeToString(chunks.get(number)));
            text.write("</script>\n");
        }
    }

    /** A hash as a content security policy writes it. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    private static String resource(String name) {
        return ResourceText.read(HtmlPage.class, "html/" + name);
    }
}
