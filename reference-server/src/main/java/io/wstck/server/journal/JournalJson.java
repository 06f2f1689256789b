package io.wstck.server.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.InflateResult.ContextDependency;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.RecordedPayload;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Writes journal entries as JSON. The order of the fields is fixed, because the journal's hash depends on it. */
public final class JournalJson {
    private JournalJson() {}

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
            case JournalEntry.TlsResult e -> putTls(json, e);
            case JournalEntry.DataMessage e -> putMessage(json, e);
            case JournalEntry.RawBytes e -> {
                json.put("direction", e.direction().word())
                        .put("length", e.payload().length());
                putPayload(json, e.payload());
            }
            case JournalEntry.ViolationNoted e ->
                json.put("rule", e.violation().rule().word())
                        .put("detail", e.violation().detail())
                        .put("source", e.violation().rule().source());
            case JournalEntry.StepDone e -> putStep(json, e);
            case JournalEntry.ClientEnded e -> json.put("how", e.how().word());
            case JournalEntry.ServerEnded e -> putServerEnded(json, e);
            case JournalEntry.UnreadBytes e -> {
                json.put("length", e.length()).put("detail", e.detail());
                e.payload().ifPresent(payload -> putPayload(json, payload));
            }
            case JournalEntry.ServerFailure e -> json.put("detail", e.detail());
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
        json.put("direction", entry.direction().word())
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

    private static void putTls(ObjectNode json, JournalEntry.TlsResult entry) {
        json.put("outcome", entry.outcome().word());
        json.put("version", entry.facts().version().orElse(null));
        json.put("cipher", entry.facts().cipher().orElse(null));
        json.put("server_name", entry.facts().serverName().orElse(null));
        json.put("detail", entry.detail());
    }

    private static void putMessage(ObjectNode json, JournalEntry.DataMessage entry) {
        json.put("direction", entry.direction().word())
                .put("message_type", entry.messageType().word())
                .put("length", entry.payload().length())
                .put("fragments", entry.fragments());
        putPayload(json, entry.payload());
        json.put("compressed", entry.coding() instanceof MessageCoding.Deflated);
        if (entry.coding() instanceof MessageCoding.Deflated deflated) {
            json.put("wire_length", deflated.wireLength());
            deflated.dependency().ifPresent(reach -> json.put("alone", reach == ContextDependency.INDEPENDENT));
        }
    }

    private static void putStep(ObjectNode json, JournalEntry.StepDone entry) {
        json.put("stage", entry.stage().word())
                .put("index", entry.index())
                .put("op", entry.step().word())
                .put("outcome", entry.outcome().word())
                .put("expected", entry.expected())
                .put("actual", entry.actual());
        if (entry.timing() == JournalEntry.StepTiming.OVERDUE) {
            json.put("overdue", true);
        }
    }

    private static void putServerEnded(ObjectNode json, JournalEntry.ServerEnded entry) {
        json.put("how", entry.how().word());
        if (entry.cause() != JournalEntry.EndCause.SCENARIO) {
            json.put("cause", entry.cause().word());
        }
    }

    private static void putPayload(ObjectNode json, RecordedPayload payload) {
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
}
