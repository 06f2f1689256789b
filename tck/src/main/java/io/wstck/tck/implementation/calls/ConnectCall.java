package io.wstck.tck.implementation.calls;

import io.wstck.tck.implementation.ImplementationSession.Context;
import io.wstck.tck.implementation.PolicyRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A script's call of {@code websocket.connect}.
 *
 * @param url as the script gave it
 * @param policy the rules to judge the connect by; absent: all is allowed
 * @param context whether there is an execution context
 * @param trust a PEM file with the authority to trust beside the client's own, where the case has a server with TLS
 */
public record ConnectCall(
        String url, CallOptions options, Optional<List<PolicyRule>> policy, Context context, Optional<Path> trust) {

    public ConnectCall {
        policy = policy.map(List::copyOf);
    }
}
