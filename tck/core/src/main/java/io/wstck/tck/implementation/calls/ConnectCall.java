package io.wstck.tck.implementation.calls;

import io.wstck.tck.implementation.ImplementationSession.Context;
import io.wstck.tck.implementation.PolicyRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A script's call of {@code websocket.connect}, with the policy, the context and the trust of its session.
 *
 * @param url as the script passed it
 * @param policy the rules for this connect; empty: everything is allowed
 * @param context whether there is an execution context
 * @param trust PEM file with an authority to trust in addition to the client's own; present if the case has a TLS
 * server
 */
public record ConnectCall(
        String url, CallOptions options, Optional<List<PolicyRule>> policy, Context context, Optional<Path> trust) {

    public ConnectCall {
        policy = policy.map(List::copyOf);
    }
}
