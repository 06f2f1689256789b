package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.lua;

import io.wstck.client.HostVerification;
import io.wstck.tck.implementation.HostProgram;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.Mechanism;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
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
                                "of a message over TLS only what a record of 16 KiB holds is sent",
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
                        .alone(),
                host(
                        "tls.no-server-name",
                        breaks("rfc6455.handshake.server-name"),
                        "the TLS handshake names no server",
                        (builder, trusted) -> builder.sslContext(
                                TlsSockets.context(trusted, (tls, _) -> new WithServerNames(tls, List.of())))),
                host(
                        "tls.other-server-name",
                        breaks("rfc6455.handshake.server-name"),
                        "the TLS handshake names another server",
                        (builder, trusted) -> builder.sslContext(TlsSockets.context(
                                trusted, (tls, _) -> new WithServerNames(tls, List.of(new SNIHostName("localhost")))))),
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
                        .alone(),
                host(
                        "tls.dates-not-verified",
                        breaks("connect.tls-verifies"),
                        "a certificate is accepted before and after the time that it is valid for",
                        (builder, trusted) -> builder.sslContext(Lenience.ABOUT_DATES.context(trusted))),
                host(
                        "tls.issuer-not-verified",
                        breaks("connect.tls-verifies"),
                        "a certificate is accepted whoever has signed it",
                        (builder, trusted) -> builder.sslContext(Lenience.ABOUT_ISSUERS.context(trusted))),
                host(
                        "tls.nothing-verified",
                        breaks("connect.tls-verifies"),
                        "every certificate is accepted",
                        (builder, trusted) -> builder.sslContext(Lenience.ABOUT_EVERYTHING.context(trusted))
                                .hostVerification(HostVerification.OFF)));
    }

    private static Fault host(String id, List<String> breaks, String statement, HostProgram program) {
        return new Fault(id, breaks, statement, List.of(new Mechanism.OtherHost(program)));
    }

    private static final class WithServerNames extends ForwardingSslSocket {
        private final List<SNIServerName> names;

        WithServerNames(SSLSocket real, List<SNIServerName> names) {
            super(real);
            this.names = names;
        }

        @Override
        public void setSSLParameters(SSLParameters parameters) {
            parameters.setServerNames(names);
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
