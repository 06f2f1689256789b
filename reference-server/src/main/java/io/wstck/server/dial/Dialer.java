package io.wstck.server.dial;

import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.TcpTransport;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.XnioWorkers;
import io.wstck.server.wire.tls.TlsFailedException;
import io.wstck.server.wire.tls.TlsTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.xnio.IoFuture;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;

/**
 * Opens connections to servers under test. Any thread; a call blocks, and virtual threads may call. The caller owns the
 * connections. {@link #close} ends the I/O threads, after the connections have ended.
 */
public final class Dialer implements AutoCloseable {
    private final XnioWorker worker;

    private Dialer(XnioWorker worker) {
        this.worker = worker;
    }

    /** Starts the I/O threads. */
    public static Dialer start() throws IOException {
        return new Dialer(XnioWorkers.start("wstck-dialer"));
    }

    /**
     * Opens TCP, and TLS if the target has it. Tries all addresses of the host.
     *
     * @throws DialException when there is no connection before the deadline
     */
    public Transport dial(DialTarget target, Deadline deadline) throws DialException, InterruptedException {
        Transport tcp = dialTcp(target, deadline);
        if (target.tls().isEmpty()) {
            return tcp;
        }
        boolean secured = false;
        try {
            Transport tls = startTls(tcp, target, target.tls().get(), deadline);
            secured = true;
            return tls;
        } catch (TlsFailedException failure) {
            throw new DialException(
                    "expected TLS with a trusted certificate at " + target.authority() + ", but TLS failed: "
                            + failure.getMessage(),
                    failure);
        } catch (IOException gone) {
            throw new DialException("expected TLS at " + target.authority() + ", but the connection ended", gone);
        } finally {
            if (!secured) {
                tcp.abort();
            }
        }
    }

    private Transport dialTcp(DialTarget target, Deadline deadline) throws DialException, InterruptedException {
        List<InetAddress> addresses = HostLookup.addresses(target.host(), deadline);
        String last = "";
        for (int i = 0; i < addresses.size(); i++) {
            InetAddress address = addresses.get(i);
            // An address that does not answer must leave time for the others.
            long share = deadline.remainingNanos() / (addresses.size() - i);
            IoFuture<StreamConnection> connecting =
                    worker.openStreamConnection(new InetSocketAddress(address, target.port()), null, OptionMap.EMPTY);
            try {
                IoFuture.Status status = connecting.awaitInterruptibly(Math.max(1, share), TimeUnit.NANOSECONDS);
                if (status == IoFuture.Status.DONE) {
                    return new TcpTransport(connecting.get());
                }
                last = status == IoFuture.Status.FAILED
                        ? String.valueOf(connecting.getException().getMessage())
                        : "no answer in time";
            } catch (IOException gone) {
                last = String.valueOf(gone.getMessage());
            } finally {
                // Has no effect on a connection that is open.
                connecting.cancel();
            }
        }
        throw new DialException("expected a server at " + target.authority() + ", found none: " + last);
    }

    private static Transport startTls(
            Transport tcp, DialTarget target, DialTarget.TlsSettings settings, Deadline deadline)
            throws IOException, InterruptedException {
        SSLEngine engine = settings.context().createSSLEngine(settings.name(), target.port());
        SSLParameters parameters = engine.getSSLParameters();
        if (settings.check() == DialTarget.NameCheck.REQUIRED) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (isHostName(settings.name())) {
            parameters.setServerNames(List.of(new SNIHostName(settings.name())));
        }
        engine.setSSLParameters(parameters);
        return TlsTransport.established(tcp, engine, EndpointRole.CLIENT, deadline)
                .orElseThrow(() -> new TlsFailedException("no answer in time"));
    }

    /** An IP address must not be a server name (RFC 6066 §3). */
    private static boolean isHostName(String name) {
        return !name.contains(":") && !name.matches("[0-9.]+");
    }

    @Override
    public void close() {
        worker.shutdown();
    }
}
