import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.ConnectOption;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.ImplementationSession.Context;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CallOptions;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.implementation.calls.Received;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Drives a client on the JVM through a fuzzing server's cases: an echo client, as the Autobahn Testsuite asks for.
 * Arguments: the class of the adapter, and the server's URL.
 */
final class AutobahnDriver {
    private static final String DEFAULT_URL = "ws://127.0.0.1:9001";

    private final CalledClient client;
    private final String server;
    private final String agent;
    private final CallOptions options;

    private AutobahnDriver(CalledClient client, String server) {
        Description description = client.description();
        this.client = client;
        this.server = server.replaceFirst("/$", "");
        this.agent = URLEncoder.encode(description.name(), StandardCharsets.UTF_8);
        this.options = options(description);
    }

    /** Compression where the client has an option for it: sections 12 and 13 need it. */
    private static CallOptions options(Description description) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        if (description.capabilities().contains(Capability.COMPRESSION)
                && !description.behaviour().leavesOut(ConnectOption.COMPRESSION)) {
            options.put(ConnectOption.COMPRESSION.word(), 1);
        }
        return new CallOptions(options);
    }

    public static void main(String[] arguments) throws Exception {
        String url = arguments.length > 1 ? arguments[1] : DEFAULT_URL;
        try (CalledClient client = (CalledClient)
                Class.forName(arguments[0]).getDeclaredConstructor().newInstance()) {
            new AutobahnDriver(client, url).run();
        }
        // A client may leave threads behind that are not daemons.
        System.exit(0);
    }

    private void run() throws CallFailedException, InterruptedException {
        int cases = caseCount();
        for (int number = 1; number <= cases; number++) {
            runCase(number);
        }
        CalledConnection reports = connect("/updateReports?agent=" + agent);
        reports.receive(Optional.empty());
        close(reports);
    }

    private int caseCount() throws CallFailedException, InterruptedException {
        CalledConnection connection = connect("/getCaseCount");
        try {
            return connection.receive(Optional.empty()) instanceof Received.Message count
                    ? Integer.parseInt(new String(count.data(), StandardCharsets.UTF_8))
                    : 0;
        } finally {
            close(connection);
        }
    }

    /**
     * The server has closed already: a client that leaves the answer to the program sends it now, and others have
     * nothing to close.
     */
    private static void close(CalledConnection connection) throws InterruptedException {
        try {
            connection.close(OptionalDouble.empty(), Optional.empty());
        } catch (CallFailedException closed) {
            // A release would cut off a closing handshake that is under way.
            return;
        }
    }

    private void runCase(int number) throws InterruptedException {
        try {
            CalledConnection connection = connect("/runCase?case=" + number + "&agent=" + agent);
            connection.echo();
            close(connection);
        } catch (CallFailedException failed) {
            System.err.println("case " + number + ": " + failed.getMessage());
        }
    }

    private CalledConnection connect(String path) throws CallFailedException, InterruptedException {
        return client.connect(new ConnectCall(
                server + path, options, Optional.empty(), Context.PRESENT, Optional.empty()));
    }
}
