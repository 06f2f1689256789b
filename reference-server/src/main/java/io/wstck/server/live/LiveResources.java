package io.wstck.server.live;

import io.wstck.server.text.ResourceText;

/**
 * Holds the paths and the texts of the live view's script and style sheet, and the content security policy of the index
 * page. Stateless.
 */
public final class LiveResources {
    /** The path of the script. */
    public static final String SCRIPT = "/live.js";

    /** The path of the style sheet. */
    public static final String STYLE = "/live.css";

    /**
     * The content security policy. It allows the server's own script and style sheet, and connections to this server
     * and to any WebSocket. So the content of a frame can do no harm.
     */
    public static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:;"
                    + " img-src data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private LiveResources() {}

    public static String script() {
        return ResourceText.read(LiveResources.class, "live.js");
    }

    public static String style() {
        return ResourceText.read(LiveResources.class, "live.css");
    }
}
