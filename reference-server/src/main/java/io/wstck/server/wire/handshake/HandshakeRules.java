package io.wstck.server.wire.handshake;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.PrintableExcerpt;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.DeflateOffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Checks a client's request for the opening handshake, and returns all violations in it (RFC 6455 §4.1). */
public final class HandshakeRules {
    private HandshakeRules() {}

    /** All violations in {@code request}, in the order of the RFC's list. */
    public static List<Violation> check(HttpRequest request) {
        List<Violation> violations = new ArrayList<>(checkUpgrade(request));
        violations.addAll(DeflateOffer.check(request));
        return violations;
    }

    /** The violations in {@code request} without those in its offers of extensions, which a server can decline. */
    public static List<Violation> checkUpgrade(HttpRequest request) {
        List<String> found = new ArrayList<>();
        if (!request.method().equals("GET") || !request.line().endsWith(" HTTP/1.1")) {
            found.add("expected GET … HTTP/1.1, got " + Bytes.utf8(request.line()));
        }
        if (!request.target().startsWith("/") && !request.target().matches("(?i)https?://.*")) {
            found.add("expected a request target that is a path, got " + Bytes.utf8(request.target()));
        }
        if (request.target().indexOf('#') >= 0) {
            found.add("the request target " + Bytes.utf8(request.target()) + " has a fragment");
        }
        single(request, "Host", found);
        token(request, "Upgrade", "websocket", found);
        token(request, "Connection", "upgrade", found);
        checkKey(request, found);
        List<String> versions = request.values("Sec-WebSocket-Version");
        if (!versions.equals(List.of("13"))) {
            found.add("expected one Sec-WebSocket-Version 13, got " + PrintableExcerpt.list(versions));
        }
        checkProtocols(request, found);
        return found.stream()
                .map(detail -> new Violation(Rule.HANDSHAKE_REQUEST, detail))
                .toList();
    }

    private static void single(HttpRequest request, String name, List<String> found) {
        int count = request.values(name).size();
        if (count != 1) {
            found.add("expected one " + name + " header, got " + count);
        }
    }

    private static void token(HttpRequest request, String name, String token, List<String> found) {
        if (request.elements(name).stream().noneMatch(token::equalsIgnoreCase)) {
            found.add("expected the token " + token + " in the header " + name + ", got "
                    + PrintableExcerpt.list(request.values(name)));
        }
    }

    private static void checkKey(HttpRequest request, List<String> found) {
        List<String> keys = request.values("Sec-WebSocket-Key");
        if (keys.size() != 1 || !isSixteenBytes(keys.getFirst())) {
            found.add("expected one Sec-WebSocket-Key of 16 bytes in base64, got " + PrintableExcerpt.list(keys));
        }
    }

    private static boolean isSixteenBytes(String key) {
        try {
            return key.length() == 24 && Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static void checkProtocols(HttpRequest request, List<String> found) {
        List<String> offered = request.elements("Sec-WebSocket-Protocol");
        if (Set.copyOf(offered).size() != offered.size()) {
            found.add("subprotocol offered twice: " + PrintableExcerpt.list(offered));
        }
        for (String protocol : offered) {
            if (!protocol.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                found.add("subprotocol that is no token: " + Bytes.utf8(protocol));
            }
        }
    }
}
