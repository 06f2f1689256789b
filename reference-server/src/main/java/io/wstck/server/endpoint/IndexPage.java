package io.wstck.server.endpoint;

import java.util.List;

/** The page that lists all URLs of the server. */
final class IndexPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>wstck reference server</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/live.css">
            <script type="module" src="/live.js"></script>
            </head>
            <body>
            <main>
            <h1>wstck reference server</h1>
            <p>A WebSocket server that plays any behaviour, legal or not. Connect a client to <code>ws://</code> this host
            and one of these paths, or try them here.</p>
            <section aria-labelledby="live-title">
            <h2 id="live-title">Open connections</h2>
            <p id="live-state" role="status">This list needs JavaScript.</p>
            <div id="live"></div>
            </section>
            <h2>Endpoints</h2>
            <table>
            <thead><tr><th scope="col">Path</th><th scope="col">What it does</th></tr></thead>
            <tbody>
            """;
    private static final String FOOT = """
            </tbody>
            </table>
            </main>
            </body>
            </html>
            """;

    private IndexPage() {}

    static String of(List<EndpointInfo> endpoints) {
        StringBuilder page = new StringBuilder(HEAD);
        for (EndpointInfo endpoint : endpoints) {
            page.append("<tr data-access=\"")
                    .append(endpoint.access().word())
                    .append("\" data-path=\"")
                    .append(escape(endpoint.path()))
                    .append("\" data-example=\"")
                    .append(escape(endpoint.example()))
                    .append("\"><td><code>")
                    .append(escape(endpoint.label()))
                    .append("</code></td><td>")
                    .append(escape(endpoint.description()));
            if (!endpoint.example().isEmpty()) {
                page.append("<br>e.g. <code>")
                        .append(escape(endpoint.example()))
                        .append("</code>");
            }
            page.append("</td></tr>\n");
        }
        return page.append(FOOT).toString();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
