package io.wstck.server.wire.deflate;

import static io.wstck.server.wire.deflate.DeflateParameters.CLIENT_BITS;
import static io.wstck.server.wire.deflate.DeflateParameters.CLIENT_NO_TAKEOVER;
import static io.wstck.server.wire.deflate.DeflateParameters.SERVER_BITS;
import static io.wstck.server.wire.deflate.DeflateParameters.SERVER_NO_TAKEOVER;

import io.wstck.server.wire.Header;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.Extension.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A client's offer of permessage-deflate, with what it demands of the server's messages (RFC 7692 §7.1). The offer also
 * tells that the client can do without its own context and keep to a smaller window.
 *
 * @param takeover {@code NONE}: the server is to forget its window after each message
 * @param windowBits the largest window of the server, 8 to 15; empty for any
 */
public record DeflateDemand(ContextTakeover takeover, OptionalInt windowBits) {
    /** The header that offers each of {@code demands}, in the order of preference. */
    public static Header offer(List<DeflateDemand> demands) {
        return new Header(
                Extension.HEADER,
                demands.stream().map(demand -> demand.extension().text()).collect(Collectors.joining(", ")));
    }

    private Extension extension() {
        List<Parameter> parameters = new ArrayList<>();
        if (takeover == ContextTakeover.NONE) {
            parameters.add(new Parameter(SERVER_NO_TAKEOVER, Optional.empty()));
        }
        windowBits.ifPresent(bits -> parameters.add(new Parameter(SERVER_BITS, Optional.of(String.valueOf(bits)))));
        parameters.add(new Parameter(CLIENT_NO_TAKEOVER, Optional.empty()));
        parameters.add(new Parameter(CLIENT_BITS, Optional.empty()));
        return Extension.deflate(parameters);
    }

    /**
     * The violation of an answer that puts {@code agreed} in force, but accepts none of the offered demands. A server
     * must repeat the demanded parameters of the offer that it accepts (RFC 7692 §7.1.1.1, §7.1.2.1).
     */
    public static Optional<Violation> violation(List<DeflateDemand> demands, DeflateParameters agreed) {
        if (demands.stream().anyMatch(demand -> demand.isMetBy(agreed))) {
            return Optional.empty();
        }
        return Optional.of(new Violation(
                Rule.EXTENSION_DEMAND,
                "an answer without the parameters that the offer demands: "
                        + offer(demands).value()));
    }

    private boolean isMetBy(DeflateParameters agreed) {
        return (takeover == ContextTakeover.SLIDING || agreed.serverTakeover() == ContextTakeover.NONE)
                && agreed.serverWindowBits() <= windowBits.orElse(DeflateParameters.MAX_BITS);
    }
}
