package io.wstck.server.endpoint;

import java.util.List;

/** The page that lists everything the server has a URL for. */
final class IndexPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>wstck reference server</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #8884; }
            code { white-space: nowrap; }
            </style>
            </head>
            <body>
            <h1>wstck reference server</h1>
            <p>A WebSocket server that plays any behaviour, legal or not. Connect a client to <code>ws://</code> this host
            and one of these paths.</p>
            <table>
            <thead><tr><th scope="col">Path</th><th scope="col">What it does</th></tr></thead>
            <tbody>
            """;
    private static final String FOOT = """
            </tbody>
            </table>
            </body>
            </html>
            """;

    private IndexPage() {}

    static String of(List<EndpointInfo> endpoints) {
        StringBuilder page = new StringBuilder(HEAD);
        for (EndpointInfo endpoint : endpoints) {
            page.append("<tr><td><code>")
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
