package io.wstck.server;

import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.ScenarioPlayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** An ephemeral port of a session's own: each TCP connection to it is played from its first byte. */
final class OwnListener implements AutoCloseable {
    private final AcceptingChannel<StreamConnection> channel;

    private OwnListener(AcceptingChannel<StreamConnection> channel) {
        this.channel = channel;
    }

    /**
     * Binds, and accepts from now on.
     *
     * @throws IOException when there is no port to bind
     */
    static OwnListener open(XnioWorker worker, String bind, ServerSession session, String server, Scenario scenario)
            throws IOException {
        AcceptingChannel<StreamConnection> channel = worker.createStreamConnectionServer(
                new InetSocketAddress(bind, 0),
                accepting -> accept(accepting, session, server, scenario),
                OptionMap.create(Options.BACKLOG, 128));
        OwnListener listener = new OwnListener(channel);
        session.owns(listener);
        channel.resumeAccepts();
        return listener;
    }

    int port() {
        return channel.getLocalAddress(InetSocketAddress.class).getPort();
    }

    private static void accept(
            AcceptingChannel<StreamConnection> channel, ServerSession session, String server, Scenario scenario) {
        while (true) {
            StreamConnection connection;
            try {
                connection = channel.accept();
            } catch (IOException refused) {
                session.trouble("a connection could not be accepted: " + refused.getMessage());
                return;
            }
            if (connection == null) {
                return;
            }
            Optional<Admission> admission = session.admit(server);
            if (admission.isEmpty()) {
                SharedPort.reset(connection);
                continue;
            }
            admission.get().log().tcpOpened();
            admission
                    .get()
                    .play(
                            connection,
                            (transport, log, script) -> ScenarioPlayer.fromTcp(transport, scenario, log, script));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("a listener could not be closed", failure);
        }
    }
}
