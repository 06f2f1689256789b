package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.FollowedRedirect;
import io.wstck.tck.prove.relay.HttpHead;
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
                                "redirects are followed without asking the policy",
                                () -> new RedirectFollower(request ->
                                        request.without("Authorization").without("Cookie")))
                        .exclusive(),
                wire(
                        "redirect.credentials-kept",
                        breaks("connect.redirect-credentials"),
                        "redirects are followed with all headers of the options",
                        () -> new RedirectFollower(UnaryOperator.identity())),
                wire(
                        "redirect.cookie-kept",
                        breaks("connect.redirect-credentials"),
                        "redirects are followed with the Cookie header of the options",
                        () -> new RedirectFollower(request -> request.without("Authorization"))));
    }

    /** Follows one redirect to an absolute URL with a changed request. */
    private static final class RedirectFollower implements Tampering {
        private final UnaryOperator<HttpHead> change;
        private volatile Optional<HttpHead> request = Optional.empty();

        RedirectFollower(UnaryOperator<HttpHead> change) {
            this.change = change;
        }

        @Override
        public HttpHead request(HttpHead head) {
            request = Optional.of(head);
            return head;
        }

        @Override
        public Optional<FollowedRedirect> redirectToFollow(HttpHead response) {
            Optional<HttpHead> sent = request;
            request = Optional.empty();
            return response.startLine().startsWith("HTTP/1.1 3") && sent.isPresent()
                    ? response.value("Location")
                            .map(URI::create)
                            .filter(URI::isAbsolute)
                            .map(url -> to(url, sent.get()))
                    : Optional.empty();
        }

        private FollowedRedirect to(URI url, HttpHead sent) {
            HttpHead redirected = sent.withStartLine("GET " + url.getRawPath() + " HTTP/1.1")
                    .with("Host", url.getHost() + ":" + url.getPort());
            return new FollowedRedirect(new InetSocketAddress(url.getHost(), url.getPort()), change.apply(redirected));
        }
    }
}
