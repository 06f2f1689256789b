package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** Tests a server whose clients use another name for this machine, as those in containers do. */
class NamedHostTest extends ServerTest {
    private static final String NAME = "host.docker.internal";

    @Override
    ServerConfig config() {
        return new ServerConfig("127.0.0.1", 0, OptionalInt.of(0), Optional.of(NAME));
    }

    @Test
    void everyUrlNamesTheHostAsItsClientsDo() throws Exception {
        assertThat(server.base().getHost()).isEqualTo(NAME);
        assertThat(server.tlsBase().orElseThrow().getHost()).isEqualTo(NAME);
        for (String json : new String[] {
            "{'frames':[]}", "{'listener':'own'}", "{'listener':'unreachable'}", "{'listener':'own','tls':'trusted'}"
        }) {
            try (ServerSession session = open(json)) {
                assertThat(url(session).getHost()).isEqualTo(NAME);
            }
        }
    }

    @Test
    void certificatesAreForThatNameExceptTheWrongOnes() throws Exception {
        assertThat(serverNameOver("trusted")).isEqualTo(NAME);
        assertThatThrownBy(() -> serverNameOver("wrong-host"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("No subject alternative DNS name");
    }

    /** The SNI that the server has received from a client that checks its certificate. */
    private String serverNameOver(String certificate) throws Exception {
        try (ServerSession session = open("{'listener':'own','tls':'" + certificate + "'}")) {
            URI url = url(session);
            TlsClient client = new TlsClient(server.authorityPem());
            client.over(new Socket(InetAddress.getLoopbackAddress(), url.getPort()), url)
                    .close();
            return entries(settled(session), "tls")
                    .getFirst()
                    .get("server_name")
                    .asText();
        }
    }
}
