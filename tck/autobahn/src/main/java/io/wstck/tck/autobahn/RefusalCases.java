package io.wstck.tck.autobahn;

import io.wstck.tck.autobahn.probe.RequestForm;
import io.wstck.tck.autobahn.probe.ServerProbe;
import java.util.ArrayList;
import java.util.List;

/** Section 14.1: opening handshakes that a server must refuse (RFC 6455 §4.2.1, §4.2.2; RFC 9112 §3.2, §5.1). */
final class RefusalCases {
    private static final int FAMILY = 1;
    private static final String VERSION = "Sec-WebSocket-Version";
    private static final String KEY = "Sec-WebSocket-Key";
    private static final String NOT_MATCHING =
            "The server \"MUST stop processing the client's handshake and return an HTTP response with an appropriate"
                    + " error code\" (RFC 6455 §4.2.1), here because ";
    private static final String OTHER_VERSION =
            "The server \"MUST abort the WebSocket handshake … and instead send an appropriate HTTP error code (such as"
                    + " 426 Upgrade Required) and a Sec-WebSocket-Version header field\" (RFC 6455 §4.2.2, §4.4).";
    private static final String NOT_DECODED =
            "The server has accepted the key, which RFC 6455 §4.2.1 does not allow, but §4.2.2 says: \"It is not necessary"
                    + " for the server to base64-decode\" it.";
    private static final String NO_UPGRADE =
            "The answer has no status 101: it \"MUST stop processing the client's handshake\" (RFC 6455 §4.2.1), and may"
                    + " take the request for one of plain HTTP, because ";

    private RefusalCases() {}

    static List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        versions(cases);
        keys(cases);
        requestLines(cases);
        upgrades(cases);
        hosts(cases);
        return cases;
    }

    private static RequestForm usual() {
        return RequestForm.usual();
    }

    private static ServerCaseBuilder refused(int number, String description, RequestForm form) {
        return new ServerCaseBuilder(FAMILY, number, description).probe(new ServerProbe.Request(form));
    }

    private static void versions(List<AutobahnCase> cases) {
        cases.add(refused(1, "A handshake with version 12.", usual().with(VERSION, "12"))
                .ok(OpeningAnswers.versionError())
                .echoes(OTHER_VERSION));
        cases.add(refused(2, "A handshake with version 99.", usual().with(VERSION, "99"))
                .ok(OpeningAnswers.versionError())
                .echoes(OTHER_VERSION));
        cases.add(refused(3, "A handshake without a version.", usual().without(VERSION))
                .ok(OpeningAnswers.error())
                .echoes(NOT_MATCHING + "\"a Sec-WebSocket-Version header field, with a value of 13\" is missing."));
    }

    private static void keys(List<AutobahnCase> cases) {
        cases.add(refused(4, "A handshake without a key.", usual().without(KEY))
                .ok(OpeningAnswers.error())
                .echoes(NOT_MATCHING + "\"a Sec-WebSocket-Key header field\" is missing."));
        cases.add(refused(5, "A handshake with an empty key.", usual().with(KEY, ""))
                .ok(OpeningAnswers.error())
                .echoes(NOT_MATCHING + "the grammar of §4.3 does not allow an empty key."));
        cases.add(refused(6, "A handshake with a key of 15 bytes in base64.", usual().with(KEY, "AAECAwQFBgcICQoLDA0O"))
                .ok(OpeningAnswers.error())
                .nonStrict(NOT_DECODED, OpeningAnswers.switched())
                .echoes(NOT_MATCHING + "the key does not have 16 bytes; non-strict: it is accepted (§4.2.2)."));
        cases.add(
                refused(7, "A handshake with a key that is not base64.", usual().with(KEY, "(this is not base64 key)"))
                        .ok(OpeningAnswers.error())
                        .nonStrict(NOT_DECODED, OpeningAnswers.switched())
                        .echoes(NOT_MATCHING + "the key is not base64; non-strict: it is accepted (§4.2.2)."));
    }

    private static void requestLines(List<AutobahnCase> cases) {
        cases.add(refused(
                        8,
                        "A handshake with the method POST.",
                        usual().withLine("POST", "HTTP/1.1").adding("Content-Length", "0"))
                .ok(OpeningAnswers.notSwitched())
                .echoes(NO_UPGRADE + "it is no \"GET request\"."));
        cases.add(refused(9, "A handshake with HTTP/1.0.", usual().withLine("GET", "HTTP/1.0"))
                .ok(OpeningAnswers.notSwitched())
                .echoes(
                        "The answer has no status 101: \"A server MUST ignore an Upgrade header field that is received in"
                                + " an HTTP/1.0 request\" (RFC 9110 §7.8); a handshake is \"an HTTP/1.1 or higher GET"
                                + " request\" (RFC 6455 §4.2.1)."));
    }

    private static void upgrades(List<AutobahnCase> cases) {
        cases.add(refused(10, "A handshake without Upgrade.", usual().without("Upgrade"))
                .ok(OpeningAnswers.notSwitched())
                .echoes(NO_UPGRADE + "\"an Upgrade header field containing the value websocket\" is missing."));
        cases.add(
                refused(11, "A handshake with Upgrade to another protocol.", usual().with("Upgrade", "wstck-unknown/1"))
                        .ok(OpeningAnswers.notSwitched())
                        .echoes(NO_UPGRADE + "\"an Upgrade header field containing the value websocket\" is missing."));
        cases.add(refused(12, "A handshake without Connection.", usual().without("Connection"))
                .ok(OpeningAnswers.notSwitched())
                .echoes(NO_UPGRADE + "\"a Connection header field that includes the token Upgrade\" is missing."));
        cases.add(refused(
                        13,
                        "A handshake with a Connection header that has another token.",
                        usual().with("Connection", "keep-alive"))
                .ok(OpeningAnswers.notSwitched())
                .echoes(NO_UPGRADE + "\"a Connection header field that includes the token Upgrade\" is missing."));
    }

    private static void hosts(List<AutobahnCase> cases) {
        String badRequest = "The server \"MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request";
        cases.add(refused(14, "A handshake without Host.", usual().without("Host"))
                .ok(OpeningAnswers.badRequest())
                .echoes(badRequest + " message that lacks a Host header field\" (RFC 9112 §3.2)."));
        cases.add(refused(15, "A handshake with two Host headers.", usual().adding("Host", "wstck.invalid"))
                .ok(OpeningAnswers.badRequest())
                .echoes(badRequest
                        + " message … that contains more than one Host header field line\" (RFC 9112 §3.2)."));
        cases.add(
                refused(16, "A handshake with a blank before the colon of a header.", usual().adding("X-Wstck ", "1"))
                        .ok(OpeningAnswers.badRequest())
                        .echoes(
                                "The server \"MUST reject, with a response status code of 400 (Bad Request), any received request"
                                        + " message that contains whitespace between a header field name and colon\" (RFC 9112 §5.1)."));
    }
}
