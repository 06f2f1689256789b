package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests how sessions share the default port at loopback addresses. */
class DefaultPortPoolTest {
    private static final int MORE_THAN_ALL = 20;

    private final DefaultPortPool ports = new DefaultPortPool();
    private final List<Runnable> releases = new ArrayList<>();
    private final Set<String> held = new HashSet<>();

    private String hold() throws Exception {
        return ports.open("main", (bind, onClose) -> {
            assertThat(bind.getPort()).isEqualTo(80);
            releases.add(onClose);
        });
    }

    @Test
    void eachSessionHasAnAddressOfItsOwnWhileItHoldsIt() throws Exception {
        String first = hold();
        String second = hold();
        assertThat(first).startsWith("127.").isNotEqualTo(second);

        releases.getFirst().run();
        assertThat(hold()).isEqualTo(first);
    }

    @Test
    void aSessionWaitsUntilAnotherOneReleasesTheLastAddress() throws Exception {
        DefaultPortPool.Opener onlyTheUsual = (bind, onClose) -> {
            if (!bind.getHostString().equals("127.0.0.1") || !held.add(bind.getHostString())) {
                throw new BindException("Cannot assign requested address");
            }
            releases.add(() -> {
                held.clear();
                onClose.run();
            });
        };
        assertThat(ports.open("main", onlyTheUsual)).isEqualTo("127.0.0.1");

        Thread.ofVirtual().start(() -> releases.getFirst().run());
        assertThat(ports.open("main", onlyTheUsual)).isEqualTo("127.0.0.1");
    }

    @Test
    void aPortThatIsInUseEverywhereIsUnavailable() {
        List<InetSocketAddress> tried = new ArrayList<>();
        assertThatThrownBy(() -> ports.open("main", (bind, _) -> {
                    tried.add(bind);
                    throw new BindException("Address already in use");
                }))
                .isInstanceOf(UnavailableListenerException.class)
                .hasMessage("servers.main.listener: port 80 is in use at each loopback address of this machine");
        assertThat(tried).hasSizeBetween(2, MORE_THAN_ALL).doesNotHaveDuplicates();
    }

    @Test
    void aPortThatThisProgramMustNotListenOnIsUnavailable() {
        assertThatThrownBy(() -> ports.open("main", (_, _) -> {
                    throw new SocketException("Permission denied");
                }))
                .isInstanceOf(UnavailableListenerException.class)
                .hasMessageContaining("this program may not listen on port 80: Permission denied");
    }
}
