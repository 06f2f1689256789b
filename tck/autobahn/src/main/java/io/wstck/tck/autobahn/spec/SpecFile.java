package io.wstck.tck.autobahn.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The content of a {@code fuzzingserver.json}.
 *
 * @param key the PEM file of the server's private key
 * @param cert the PEM file of the server's certificate, followed by those of its issuers
 * @param webPort the port of the web server for the reports; 0 for none
 * @param options the keys below {@code options}, which are not used, one phrase for each
 * @param unknown the unknown keys of the file, one phrase for each
 */
public record SpecFile(
        Optional<ListenUrl> url,
        Optional<Path> outDir,
        AutobahnPatterns patterns,
        List<AutobahnPlan.AgentExclusion> excluded,
        List<String> protocols,
        Optional<Path> key,
        Optional<Path> cert,
        OptionalInt webPort,
        List<String> options,
        List<String> unknown) {
    /** The default without a spec file: all cases. */
    public static final SpecFile NONE = new SpecFile(
            Optional.empty(),
            Optional.empty(),
            AutobahnPatterns.ALL,
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            List.of(),
            List.of());

    private static final int MAX_PORT = 65_535;
    private static final Set<String> KEYS = Set.of(
            "url",
            "outdir",
            "cases",
            "exclude-cases",
            "exclude-agent-cases",
            "options",
            "protocols",
            "key",
            "cert",
            "webport");

    public SpecFile {
        excluded = List.copyOf(excluded);
        protocols = List.copyOf(protocols);
        options = List.copyOf(options);
        unknown = List.copyOf(unknown);
    }

    /**
     * The {@code url}. Its host is not used, like in the original.
     *
     * @param port the port, 1 to 65535; the scheme's default if the URL has none. 0 takes a free one
     */
    public record ListenUrl(WebSocketScheme scheme, int port) {}

    /**
     * Reads {@code file}.
     *
     * @throws SpecException if the file cannot be read, is not a JSON object, or has a value of a wrong kind
     */
    public static SpecFile read(Path file) throws SpecException {
        return new SpecFileReader(SpecJson.read(file, DefaultSpec.SERVER_FILE)).read();
    }

    private record SpecFileReader(SpecJson json) {
        SpecFile read() throws SpecException {
            return new SpecFile(
                    url(),
                    json.text("outdir").map(Path::of),
                    json.patterns(),
                    json.exclusions(),
                    json.texts("protocols"),
                    file("key"),
                    file("cert"),
                    webPort(),
                    json.options(),
                    json.unknown(KEYS));
        }

        private Optional<ListenUrl> url() throws SpecException {
            Optional<String> text = json.text("url");
            if (text.isEmpty()) {
                return Optional.empty();
            }
            try {
                URI uri = URI.create(text.get());
                Optional<WebSocketScheme> scheme =
                        Optional.ofNullable(uri.getScheme()).flatMap(WebSocketScheme::of);
                if (scheme.isPresent() && uri.getHost() != null && uri.getPort() <= MAX_PORT) {
                    int port = uri.getPort() < 0 ? scheme.get().defaultPort() : uri.getPort();
                    return Optional.of(new ListenUrl(scheme.get(), port));
                }
            } catch (IllegalArgumentException none) {
                throw json.wrong("url", "a ws:// URL");
            }
            throw json.wrong("url", "a ws:// URL");
        }

        /** The path of a file. An empty name means none, because the original's default file once had such keys. */
        private Optional<Path> file(String name) throws SpecException {
            return json.text(name).filter(value -> !value.isEmpty()).map(Path::of);
        }

        private OptionalInt webPort() throws SpecException {
            JsonNode value = json.json().path("webport");
            if (value.isMissingNode() || value.isNull()) {
                return OptionalInt.empty();
            }
            if (!value.isInt() || value.intValue() < 0 || value.intValue() > MAX_PORT) {
                throw json.wrong("webport", "a port from 1 to 65535, or 0 for none");
            }
            return OptionalInt.of(value.intValue());
        }
    }
}
