package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.lua;

import io.wstck.client.HostVerification;
import io.wstck.tck.implementation.ClientSetup;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.Mechanism;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Faults of {@code wss://}. Stateless. */
final class TlsFaults {
    private TlsFaults() {}

    static List<Fault> all() {
        return List.of(
                lua("connect.only-ws", breaks("connect.schemes"), "wss:// URLs are refused", """
                        local connect = module.connect
                        function module.connect(url, ...)
                          if tostring(url):sub(1, 6) == "wss://" then
                            return nil, errors.new { kind = errors.INVALID, message = "no TLS here", retryable = false }
                          end
                          return connect(url, ...)
                        end
                        """),
                lua(
                                "connect.wss-cut-at-a-record",
                                breaks("connect.schemes"),
                                "over TLS only the first 16 KiB of a message, one record, are sent",
                                """
                        local connect = module.connect
                        function module.connect(url, ...)
                          local made, err = connect(url, ...)
                          if made then made.tls = tostring(url):sub(1, 6) == "wss://" end
                          return made, err
                        end
                        function client:send(data, ...)
                          if self.tls and type(data) == "string" then data = data:sub(1, 16384) end
                          return self.real:send(data, ...)
                        end
                        """)
                        .exclusive(),
                host(
                        "tls.no-server-name",
                        breaks("rfc6455.handshake.server-name"),
                        "the TLS handshake names no server",
                        (builder, trusted) -> builder.sslContext(
                                TlsSockets.context(trusted, (tls, _) -> new WithServerNames(tls, _ -> List.of())))),
                host(
                        "tls.other-server-name",
                        breaks("rfc6455.handshake.server-name"),
                        "the TLS handshake names another server",
                        (builder, trusted) -> builder.sslContext(TlsSockets.context(
                                trusted,
                                (tls, _) -> new WithServerNames(tls, _ -> List.of(new SNIHostName("localhost")))))),
                host(
                        "tls.address-as-server-name",
                        breaks("rfc6455.handshake.server-name"),
                        "for a URL with an address, the TLS handshake sends it as the server name",
                        (builder, trusted) -> builder.sslContext(TlsSockets.context(
                                trusted,
                                (tls, tcp) -> new WithServerNames(
                                        tls, names -> names.isEmpty() ? List.of(address(tcp)) : names)))),
                host(
                        "tls.no-close-notify",
                        breaks("close.tls-notify"),
                        "TCP is ended without a close_notify before it",
                        (builder, trusted) -> builder.sslContext(TlsSockets.context(trusted, WithoutCloseNotify::new))),
                host(
                                "tls.host-not-verified",
                                breaks("connect.tls-verifies"),
                                "a certificate for another host is accepted",
                                (builder, _) -> builder.hostVerification(HostVerification.OFF))
                        .exclusive(),
                host(
                        "tls.dates-not-verified",
                        breaks("connect.tls-verifies"),
                        "a certificate is accepted outside its validity period",
                        (builder, trusted) -> builder.sslContext(TlsLenience.ABOUT_DATES.context(trusted))),
                host(
                        "tls.issuer-not-verified",
                        breaks("connect.tls-verifies"),
                        "a certificate is accepted from any issuer",
                        (builder, trusted) -> builder.sslContext(TlsLenience.ABOUT_ISSUERS.context(trusted))),
                host(
                        "tls.nothing-verified",
                        breaks("connect.tls-verifies"),
                        "every certificate is accepted",
                        (builder, trusted) -> builder.sslContext(TlsLenience.ABOUT_EVERYTHING.context(trusted))
                                .hostVerification(HostVerification.OFF)));
    }

    private static Fault host(String id, List<String> breaks, String statement, ClientSetup program) {
        return new Fault(id, breaks, statement, List.of(new Mechanism.ChangedClientSetup(program)));
    }

    private static SNIServerName address(Socket tcp) {
        return new SNIHostName(tcp.getInetAddress().getHostAddress());
    }

    private static final class WithServerNames extends ForwardingSslSocket {
        private final UnaryOperator<List<SNIServerName>> change;

        WithServerNames(SSLSocket real, UnaryOperator<List<SNIServerName>> change) {
            super(real);
            this.change = change;
        }

        @Override
        public void setSSLParameters(SSLParameters parameters) {
            List<SNIServerName> names =
                    Optional.ofNullable(parameters.getServerNames()).orElse(List.of());
            parameters.setServerNames(change.apply(names));
            super.setSSLParameters(parameters);
        }
    }

    private static final class WithoutCloseNotify extends ForwardingSslSocket {
        private final Socket tcp;

        WithoutCloseNotify(SSLSocket real, Socket tcp) {
            super(real);
            this.tcp = tcp;
        }

        @Override
        public void shutdownOutput() throws IOException {
            tcp.shutdownOutput();
        }

        @Override
        public void close() throws IOException {
            tcp.close();
        }
    }
}
