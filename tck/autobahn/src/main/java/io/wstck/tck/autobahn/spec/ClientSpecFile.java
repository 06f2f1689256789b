package io.wstck.tck.autobahn.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The content of a {@code fuzzingclient.json}.
 *
 * @param servers the servers to judge, in the order of the file; may be empty
 * @param options the keys below {@code options}, which are not used, one phrase for each
 * @param unknown the unknown keys of the file, one phrase for each
 */
public record ClientSpecFile(
        Optional<Path> outDir,
        List<TestedServer> servers,
        AutobahnPatterns patterns,
        List<AutobahnPlan.AgentExclusion> excluded,
        List<String> options,
        List<String> unknown) {
    /** RFC 9110 §5.6.2. */
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    private static final Set<String> KEYS =
            Set.of("outdir", "servers", "cases", "exclude-cases", "exclude-agent-cases", "options");
    private static final Set<String> SERVER_KEYS = Set.of("url", "agent", "hostname", "origin", "protocols", "options");

    public ClientSpecFile {
        servers = List.copyOf(servers);
        excluded = List.copyOf(excluded);
        options = List.copyOf(options);
        unknown = List.copyOf(unknown);
    }

    /**
     * Reads {@code file}.
     *
     * @throws SpecException if the file cannot be read, is not a JSON object, or has a value of a wrong kind
     */
    public static ClientSpecFile read(Path file) throws SpecException {
        SpecJson json = SpecJson.read(file, DefaultSpec.CLIENT_FILE);
        List<TestedServer> servers = new ArrayList<>();
        List<String> options = new ArrayList<>(json.options());
        List<String> unknown = new ArrayList<>(json.unknown(KEYS));
        for (SpecJson entry : json.objects("servers")) {
            servers.add(server(entry));
            options.addAll(entry.options());
            unknown.addAll(entry.unknown(SERVER_KEYS));
        }
        return new ClientSpecFile(
                json.text("outdir").map(Path::of), servers, json.patterns(), json.exclusions(), options, unknown);
    }

    private static TestedServer server(SpecJson entry) throws SpecException {
        Optional<ServerUrl> url = entry.text("url").flatMap(ServerUrl::parse);
        if (url.isEmpty()) {
            throw entry.wrong("url", "a ws:// or wss:// URL");
        }
        return new TestedServer(
                url.get(),
                headerValue(entry, "agent"),
                headerValue(entry, "hostname"),
                headerValue(entry, "origin"),
                protocols(entry));
    }

    private static List<String> protocols(SpecJson entry) throws SpecException {
        List<String> protocols = entry.texts("protocols");
        if (protocols.stream().anyMatch(one -> !one.matches(TOKEN))) {
            throw entry.wrong("protocols", "a list of names without blanks");
        }
        return protocols;
    }

    /** A text without line breaks, which could end a header line. An empty one counts as none. */
    private static Optional<String> headerValue(SpecJson entry, String name) throws SpecException {
        Optional<String> value = entry.text(name).filter(text -> !text.isEmpty());
        if (value.isPresent() && value.get().chars().anyMatch(Character::isISOControl)) {
            throw entry.wrong(name, "a string of one line");
        }
        return value;
    }
}
