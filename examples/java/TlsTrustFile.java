// Connects over TLS and trusts only the certificates of a file.
//
// Start the server with a TLS port, and fetch the certificate of its authority:
//   ./wstck serve --tls-port 8443
//   curl -o ca.pem http://127.0.0.1:8080/ca.pem
// Run: java -cp tck/cli/target/wstck.jar examples/java/TlsTrustFile.java ca.pem

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import java.nio.file.Path;

public final class TlsTrustFile {
    private static final String URL = "wss://localhost:8443/echo";

    public static void main(String[] arguments) throws Exception {
        Path pem = Path.of(arguments[0]);
        try (WebSocketClient client = WebSocketClient.builder().trustFile(pem).build();
                Connection connection = client.connect(URL, ConnectOptions.defaults())) {
            connection.send("over TLS");
            System.out.println(new String(connection.messages().receive().bytes()));
        }

        // A client without the file trusts what the JDK trusts, and does not know this authority.
        try (WebSocketClient client = WebSocketClient.create()) {
            client.connect(URL, ConnectOptions.defaults());
        } catch (WebSocketException e) {
            System.out.println("without the file: " + e.kind());
        }
    }
}

// Output:
// over TLS
// without the file: INTERNAL
