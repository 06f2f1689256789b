package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.scenario.Step;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Tests starting and closing a server. */
class LifecycleTest {
    private static final SessionSpec OWN_ECHO = SessionSpec.of(new Scenario(
            Scenario.ListenerKind.OWN,
            Scenario.TlsMode.PLAIN,
            List.of(),
            HandshakeAnswer.accepting(),
            List.of(new Step.Echo(OptionalInt.empty()))));

    @Test
    void aPortInUseIsReportedInASentence() throws Exception {
        try (ReferenceServer first = ReferenceServer.start(ServerConfig.loopback())) {
            assertThatThrownBy(() -> ReferenceServer.start(new ServerConfig("127.0.0.1", first.port())))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("127.0.0.1 port " + first.port())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void aClosedSessionResetsItsConnectionsAndReleasesItsPort() throws Exception {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback())) {
            ServerSession session = server.open(OWN_ECHO);
            URI url = session.urls().get("main");
            try (RawClient peer = RawClient.connect(url)) {
                session.close();
                assertThat(peer.readEnd()).isEqualTo("rst");
            }
            assertThatThrownBy(() -> RawClient.dial(url)).isInstanceOf(ConnectException.class);
            assertThat(session.journal().settled()).isTrue();
        }
    }

    @Test
    void nothingIsLeftAfterClose() throws Exception {
        ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
        ServerSession session = server.open(OWN_ECHO);
        try (RawClient played = RawClient.connect(session.urls().get("main"));
                RawClient endpoint = RawClient.connect(URI.create("ws://127.0.0.1:" + server.port() + "/silent"));
                RawClient idle = RawClient.dial(URI.create("ws://127.0.0.1:" + server.port()))) {
            server.close();
            assertThat(played.readEnd()).isEqualTo("rst");
            assertThat(endpoint.readEnd()).isEqualTo("rst");
            assertThat(idle.readEnd()).isIn("fin", "rst");
        }
        assertThatThrownBy(() -> RawClient.dial(URI.create("ws://127.0.0.1:" + server.port())))
                .isInstanceOf(ConnectException.class);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("wstck-server")) {
                // The thread has done its work, but on a busy machine it may not have ended.
                assertThat(thread.join(Duration.ofSeconds(60)))
                        .as(thread.getName())
                        .isTrue();
            }
        }
    }

    @Test
    void settlingIncludesEveryConnectionOpenedBefore() throws Exception {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback())) {
            for (int i = 0; i < 200; i++) {
                try (ServerSession session = server.open(OWN_ECHO)) {
                    RawClient.dial(session.urls().get("main")).close();
                    assertThat(session.awaitSettled(Duration.ofSeconds(10))).isTrue();
                    assertThat(session.journal().entries())
                            .as(session.journal().toJson().toPrettyString())
                            .extracting(JournalEntry::type)
                            .containsExactly("tcp-opened", "client-ended", "server-ended");
                }
            }
        }
    }
}
