package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests redirects to other servers of a session. */
class RedirectLocationTest extends ServerTest {
    @ParameterizedTest
    @CsvSource({"shared, ws", "own, ws", "shared, http", "own, http"})
    void aRedirectHasTheUrlOfTheServerThatItNames(String listener, String scheme) throws Exception {
        assertLeadsToTarget(listener, "{'server':'target','scheme':'" + scheme + "'}", scheme);
    }

    @Test
    void aNameAloneIsTheUrlThatClientsAreGiven() throws Exception {
        assertLeadsToTarget("shared", "'target'", "ws");
    }

    private void assertLeadsToTarget(String listener, String location, String scheme) throws Exception {
        ServerSession session = open("{'servers':{'main':{'listener':'" + listener
                + "','handshake':{'status':302,'location':" + location + "}},"
                + "'target':{'listener':'own','frames':[{'op':'echo'}]}}}");
        URI target = session.urls().get("target");
        try (RawClient peer = RawClient.dial(session.urls().get("main"))) {
            peer.send(peer.request());
            assertThat(peer.readHead())
                    .startsWith("HTTP/1.1 302 ")
                    .contains("\r\nLocation: " + target.toString().replaceFirst("^ws", scheme) + "\r\n");
        }
    }

    @Test
    void aRedirectToAServerThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> open("{'servers':{'main':{'handshake':{'status':302,'location':'nowhere'}}}}"))
                .hasMessageContaining("servers.main.handshake.location")
                .hasMessageContaining("\"nowhere\"");
    }
}
