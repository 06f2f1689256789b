package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.lua;

import io.wstck.client.HostVerification;
import io.wstck.tck.implementation.HostProgram;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.Mechanism;
import java.util.List;

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
                        """).alone(),
                host(
                        "tls.host-not-verified",
                        "a certificate for another host is accepted",
                        (builder, _) -> builder.hostVerification(HostVerification.OFF)).alone(),
                host(
                        "tls.dates-not-verified",
                        "a certificate is accepted before and after the time that it is valid for",
                        (builder, trusted) -> builder.sslContext(Lenience.ABOUT_DATES.context(trusted))),
                host(
                        "tls.issuer-not-verified",
                        "a certificate is accepted whoever has signed it",
                        (builder, trusted) -> builder.sslContext(Lenience.ABOUT_ISSUERS.context(trusted))),
                host(
                        "tls.nothing-verified",
                        "every certificate is accepted",
                        (builder, trusted) -> builder.sslContext(Lenience.ABOUT_EVERYTHING.context(trusted))
                                .hostVerification(HostVerification.OFF)));
    }

    private static Fault host(String id, String statement, HostProgram program) {
        return new Fault(id, breaks("connect.tls-verifies"), statement, List.of(new Mechanism.OtherHost(program)));
    }
}
