package io.wstck.server.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Coding;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.Payload;
import io.wstck.server.wire.deflate.Inflated.Reach;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The JSON form of journal entries. The order of the fields is fixed, since the journal's hash depends on it. */
public final class JournalJson {
    private JournalJson() {}

    static String typeOf(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.TcpOpened _ -> "tcp-opened";
            case JournalEntry.RequestRead _ -> "request";
            case JournalEntry.ResponseSent _ -> "response";
            case JournalEntry.Frame _ -> "frame";
            case JournalEntry.TlsSpoken _ -> "tls";
            case JournalEntry.DataMessage _ -> "message";
            case JournalEntry.RawBytes _ -> "bytes";
            case JournalEntry.ViolationNoted _ -> "violation";
            case JournalEntry.StepDone _ -> "step";
            case JournalEntry.CloseNotify _ -> "close-notify";
            case JournalEntry.ClientEnded _ -> "client-ended";
            case JournalEntry.ServerEnded _ -> "server-ended";
            case JournalEntry.ScriptEnded _ -> "script-ended";
            case JournalEntry.Unread _ -> "unread";
            case JournalEntry.Epilogue _ -> "epilogue";
            case JournalEntry.Trouble _ -> "trouble";
        };
    }

    public static ObjectNode toJson(JournalEntry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        JournalEntry.Stamp stamp = entry.stamp();
        json.put("seq", stamp.seq()).put("nanos", stamp.nanos()).put("type", entry.type());
        stamp.connection().ifPresent(id -> json.put("server", id.server()).put("connection", id.number()));
        switch (entry) {
            case JournalEntry.RequestRead e -> putRequest(json, e.request());
            case JournalEntry.ResponseSent e -> {
                e.line().ifPresent(line -> json.put("line", line));
                json.put("status", e.status()).set("headers", headers(e.headers()));
                e.raw().ifPresent(raw -> json.put("raw", base64(raw)));
            }
            case JournalEntry.Frame e -> putFrame(json, e);
            case JournalEntry.TlsSpoken e -> putTls(json, e);
            case JournalEntry.DataMessage e -> putMessage(json, e);
            case JournalEntry.RawBytes e -> {
                json.put("direction", id(e.direction()))
                        .put("length", e.payload().length());
                putPayload(json, e.payload());
            }
            case JournalEntry.ViolationNoted e ->
                json.put("rule", e.violation().rule().id())
                        .put("detail", e.violation().detail())
                        .put("source", e.violation().rule().source());
            case JournalEntry.StepDone e -> putStep(json, e);
            case JournalEntry.ClientEnded e -> json.put("how", id(e.how()));
            case JournalEntry.ServerEnded e -> putServerEnded(json, e);
            case JournalEntry.Unread e -> {
                json.put("length", e.length()).put("detail", e.detail());
                e.payload().ifPresent(payload -> putPayload(json, payload));
            }
            case JournalEntry.Trouble e -> json.put("detail", e.detail());
            case JournalEntry.TcpOpened _ -> {}
            case JournalEntry.CloseNotify _ -> {}
            case JournalEntry.ScriptEnded _ -> {}
            case JournalEntry.Epilogue _ -> {}
        }
        return json;
    }

    private static void putRequest(ObjectNode json, HttpRequest request) {
        json.put("line", request.line())
                .put("method", request.method())
                .put("target", request.target())
                .set("headers", headers(request.headers()));
        request.raw().ifPresent(raw -> json.put("raw", base64(raw)));
    }

    private static void putFrame(ObjectNode json, JournalEntry.Frame entry) {
        FrameHeader header = entry.header();
        json.put("direction", id(entry.direction()))
                .put("fin", header.fin())
                .put("rsv", header.rsv())
                .put("opcode", header.opcode());
        if (header.mask().isPresent()) {
            json.put("mask", HexFormat.of().toHexDigits(header.mask().getAsInt()));
        } else {
            json.putNull("mask");
        }
        json.put("length", new BigInteger(Long.toUnsignedString(header.length())))
                .put("length_form", header.lengthForm());
        putPayload(json, entry.payload());
    }

    private static void putTls(ObjectNode json, JournalEntry.TlsSpoken entry) {
        json.put("outcome", id(entry.outcome()));
        json.put("version", entry.facts().version().orElse(null));
        json.put("cipher", entry.facts().cipher().orElse(null));
        json.put("server_name", entry.facts().serverName().orElse(null));
        json.put("detail", entry.detail());
    }

    private static void putMessage(ObjectNode json, JournalEntry.DataMessage entry) {
        json.put("direction", id(entry.direction()))
                .put("message_type", entry.messageType().id())
                .put("length", entry.payload().length())
                .put("fragments", entry.fragments());
        putPayload(json, entry.payload());
        json.put("compressed", entry.coding() instanceof Coding.Deflated);
        if (entry.coding() instanceof Coding.Deflated deflated) {
            json.put("wire_length", deflated.wireLength());
            deflated.reach().ifPresent(reach -> json.put("alone", reach == Reach.ALONE));
        }
    }

    private static void putStep(ObjectNode json, JournalEntry.StepDone entry) {
        json.put("stage", id(entry.stage()))
                .put("index", entry.index())
                .put("op", entry.op())
                .put("outcome", id(entry.outcome()))
                .put("expected", entry.expected())
                .put("actual", entry.actual());
        if (entry.timing() == JournalEntry.Timing.OVERDUE) {
            json.put("overdue", true);
        }
    }

    private static void putServerEnded(ObjectNode json, JournalEntry.ServerEnded entry) {
        json.put("how", id(entry.how()));
        if (entry.cause() != JournalEntry.EndCause.SCENARIO) {
            json.put("cause", id(entry.cause()).replace('_', '-'));
        }
    }

    private static void putPayload(ObjectNode json, Payload payload) {
        if (payload.sha256().isPresent()) {
            json.put("sha256", payload.sha256().get()).put("head", base64(payload.kept()));
            return;
        }
        Optional<String> text = payload.kept().text();
        if (text.isPresent()) {
            json.put("text", text.get());
        } else {
            json.put("data", base64(payload.kept()));
        }
    }

    private static ArrayNode headers(List<Header> headers) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        headers.forEach(header -> array.addArray().add(header.name()).add(header.value()));
        return array;
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    private static String id(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
