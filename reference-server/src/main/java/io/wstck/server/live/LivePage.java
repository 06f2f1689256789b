package io.wstck.server.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The script and the style of the index page. Stateless. */
public final class LivePage {
    /** Where the script is served. */
    public static final String SCRIPT = "/live.js";

    /** Where the style is served. */
    public static final String STYLE = "/live.css";

    /** Own script and style, connections to this server and to any WebSocket; nothing else, whatever a frame holds. */
    public static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:;"
                    + " img-src data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private LivePage() {}

    public static String script() {
        return resource("live.js");
    }

    public static String style() {
        return resource("live.css");
    }

    private static String resource(String name) {
        try (InputStream in = LivePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("expected " + name + " on the class path, found nothing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }
}
