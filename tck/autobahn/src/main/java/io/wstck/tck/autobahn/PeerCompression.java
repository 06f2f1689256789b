package io.wstck.tck.autobahn;

import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateAnswer;
import io.wstck.server.wire.deflate.DeflateAnswer.ParameterUse;
import io.wstck.server.wire.deflate.DeflateDemand;
import java.util.OptionalInt;

/**
 * The parameters of permessage-deflate that a case asks of the peer's messages (RFC 7692 §7.1).
 *
 * @param takeover {@code NONE}: the peer forgets its window after each message
 * @param windowBits the largest window of the peer, 8 to 15; empty for any
 */
public record PeerCompression(ContextTakeover takeover, OptionalInt windowBits) {
    /** The answer that asks this of a client. */
    DeflateAnswer asAnswer() {
        return new DeflateAnswer(
                ContextTakeover.SLIDING,
                takeover == ContextTakeover.NONE ? ParameterUse.ALWAYS : ParameterUse.NEVER,
                OptionalInt.empty(),
                windowBits);
    }

    /** The offer that asks this of a server. */
    DeflateDemand asOffer() {
        return new DeflateDemand(takeover, windowBits);
    }
}
