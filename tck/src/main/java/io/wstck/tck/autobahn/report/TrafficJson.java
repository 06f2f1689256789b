package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.exchange.Traffic;
import java.util.Map;

/** What went over a connection, in the numbers of the original: by size, by opcode, and on three levels. */
final class TrafficJson {
    private TrafficJson() {}

    /** Puts the numbers of {@code played} into {@code json}. */
    static void put(ObjectNode json, PlayedCase played) {
        Traffic in = played.happened().received();
        Traffic out = played.happened().sent();
        counts(json.putObject("rxFrameStats"), in.frames());
        counts(json.putObject("rxOctetStats"), in.transfers());
        counts(json.putObject("txFrameStats"), out.frames());
        counts(json.putObject("txOctetStats"), out.transfers());
        ObjectNode stats = json.putObject("trafficStats");
        levels(stats, "incoming", in);
        levels(stats, "outgoing", out);
        stats.put("preopenIncomingOctetsWireLevel", played.request().length());
        stats.put("preopenOutgoingOctetsWireLevel", played.response().length());
    }

    private static void counts(ObjectNode json, Map<Integer, Long> counts) {
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> json.put(String.valueOf(entry.getKey()), entry.getValue()));
    }

    private static void levels(ObjectNode json, String direction, Traffic traffic) {
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
