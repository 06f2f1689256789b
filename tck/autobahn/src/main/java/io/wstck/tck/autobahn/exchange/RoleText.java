package io.wstck.tck.autobahn.exchange;

import io.wstck.server.wire.EndpointRole;

/**
 * Fills the words for both sides into texts about a case. A case has one text for both directions: {@code {peer}} is
 * the side that is judged, and {@code {kit}} the other side.
 */
public final class RoleText {
    private RoleText() {}

    /** The text with the words for a judged {@code peer}. */
    public static String of(EndpointRole peer, String template) {
        return template.replace("{peer}", peer.word())
                .replace("{kit}", peer.other().word());
    }
}
