package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.Detour;
import io.wstck.tck.prove.relay.Head;
import io.wstck.tck.prove.relay.Tampering;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Faults of a client whose HTTP library follows redirects. Stateless. */
final class RedirectFaults {
    private RedirectFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                                "redirect.policy-not-asked",
                                breaks("permission.redirect"),
                                "redirects are followed, and the policy is not asked about where they lead",
                                () -> new Following(request ->
                                        request.without("Authorization").without("Cookie")))
                        .alone(),
                wire(
                        "redirect.credentials-kept",
                        breaks("connect.redirect-credentials"),
                        "redirects are followed, and all headers of the options go along",
                        () -> new Following(UnaryOperator.identity())),
                wire(
                        "redirect.cookie-kept",
                        breaks("connect.redirect-credentials"),
                        "redirects are followed, and the Cookie of the options goes along",
                        () -> new Following(request -> request.without("Authorization"))));
    }

    /** Follows one redirect to an absolute URL, with the request changed. */
    private static final class Following implements Tampering {
        private final UnaryOperator<Head> change;
        private volatile Optional<Head> request = Optional.empty();

        Following(UnaryOperator<Head> change) {
            this.change = change;
        }

        @Override
        public Head request(Head head) {
            request = Optional.of(head);
            return head;
        }

        @Override
        public Optional<Detour> detour(Head response) {
            Optional<Head> sent = request;
            request = Optional.empty();
            return response.start().startsWith("HTTP/1.1 3") && sent.isPresent()
                    ? response.value("Location")
                            .map(URI::create)
                            .filter(URI::isAbsolute)
                            .map(url -> to(url, sent.get()))
                    : Optional.empty();
        }

        private Detour to(URI url, Head sent) {
            Head redirected = sent.withStart("GET " + url.getRawPath() + " HTTP/1.1")
                    .with("Host", url.getHost() + ":" + url.getPort());
            return new Detour(new InetSocketAddress(url.getHost(), url.getPort()), change.apply(redirected));
        }
    }
}
