package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.exchange.TrafficTotals;
import java.util.Map;

/**
 * Writes the traffic statistics of a connection into a JSON report as the Autobahn Testsuite does. These are frames by
 * opcode, transfers by size, and octets of TCP, of the WebSocket layer and of the application.
 */
final class TrafficJson {
    private TrafficJson() {}

    /** Adds the numbers of {@code played} to {@code json}. */
    static void put(ObjectNode json, PlayedCase played) {
        TrafficTotals in = played.exchange().received();
        TrafficTotals out = played.exchange().sent();
        counts(json.putObject("rxFrameStats"), in.frames());
        counts(json.putObject("rxOctetStats"), in.transfers());
        counts(json.putObject("txFrameStats"), out.frames());
        counts(json.putObject("txOctetStats"), out.transfers());
        ObjectNode stats = json.putObject("trafficStats");
        levels(stats, "incoming", in);
        levels(stats, "outgoing", out);
        boolean asked = played.exchange().peer() == EndpointRole.CLIENT;
        String incoming = asked ? played.request() : played.response();
        String outgoing = asked ? played.response() : played.request();
        stats.put("preopenIncomingOctetsWireLevel", incoming.length());
        stats.put("preopenOutgoingOctetsWireLevel", outgoing.length());
    }

    private static void counts(ObjectNode json, Map<Integer, Long> counts) {
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> json.put(String.valueOf(entry.getKey()), entry.getValue()));
    }

    private static void levels(ObjectNode json, String direction, TrafficTotals traffic) {
        json.put(direction + "OctetsWireLevel", traffic.octets());
        json.put(direction + "OctetsWebSocketLevel", traffic.payload());
        json.put(direction + "OctetsAppLevel", traffic.content());
        ratio(json, direction + "CompressionRatio", traffic.payload(), traffic.content());
        ratio(json, direction + "WebSocketOverhead", traffic.octets() - traffic.payload(), traffic.payload());
        json.put(
                direction + "WebSocketFrames",
                traffic.frames().values().stream().mapToLong(Long::longValue).sum());
        json.put(direction + "WebSocketMessages", traffic.messages());
    }

    private static void ratio(ObjectNode json, String name, long part, long whole) {
        if (whole > 0) {
            json.put(name, (double) part / whole);
        } else {
            json.putNull(name);
        }
    }
}
