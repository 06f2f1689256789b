package io.wstck.tck.autobahn.spec;

/** The spec files that the kit writes if there are none, like the original. */
public final class DefaultSpec {
    /** The name of the fuzzing server's spec file, in the working directory. */
    public static final String SERVER_FILE = "fuzzingserver.json";

    /** The content of the default spec file: all cases, on port 9001. */
    public static final String SERVER = """
            {
                "url": "ws://127.0.0.1:9001",
                "outdir": "./reports/clients",
                "cases": ["*"],
                "exclude-cases": [],
                "exclude-agent-cases": {}
            }
            """;

    /** The name of the fuzzing client's spec file, in the working directory. */
    public static final String CLIENT_FILE = "fuzzingclient.json";

    /** The content of the default spec file: all cases, against a server on port 9001. */
    public static final String CLIENT = """
            {
                "outdir": "./reports/servers",
                "servers": [{"url": "ws://127.0.0.1:9001"}],
                "cases": ["*"],
                "exclude-cases": [],
                "exclude-agent-cases": {}
            }
            """;

    private DefaultSpec() {}
}
