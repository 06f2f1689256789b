package io.wstck.tck.autobahn;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import io.wstck.tck.autobahn.exchange.OutFrame;
import io.wstck.tck.autobahn.exchange.OutFrame.ClientMask;
import java.util.List;

/** Section 14.5: the masking of a client's frames (RFC 6455 §5.1, §5.3). */
final class MaskingCases {
    private static final int FAMILY = 5;
    private static final String TEXT = "not masked";
    private static final String CLOSES =
            "\"The server MUST close the connection upon receiving a frame that is not masked\", and \"MAY send a Close frame"
                    + " with a status code of 1002\" (RFC 6455 §5.1). Nothing comes back.";

    private MaskingCases() {}

    static List<AutobahnCase> all() {
        OutFrame text = OutFrame.text(TEXT);
        return List.of(
                fails(1, "A text message that is not masked.", text.masked(ClientMask.NONE)),
                fails(
                        2,
                        "An empty text message that is not masked.",
                        OutFrame.text("").masked(ClientMask.NONE)),
                fails(
                        3,
                        "A ping that is not masked.",
                        OutFrame.ping(Bytes.utf8(TEXT)).masked(ClientMask.NONE)),
                fails(
                        4,
                        "A message in two frames, of which only the first is masked.",
                        Frames.first(MessageType.TEXT, Bytes.utf8("mas")),
                        Frames.last(Bytes.utf8("ked")).masked(ClientMask.NONE)),
                new AutobahnCaseBuilder(CaseId.of(CaseId.BEYOND, FAMILY, 5), "A text message with the masking key 0.")
                        .send(text.masked(ClientMask.ZERO_KEY))
                        .ok(ExpectedEvent.text(TEXT))
                        .thenCloses(
                                AutobahnCaseBuilder.ECHO_WAIT,
                                "The message comes back: the key may be any of \"the set of allowed 32-bit values\" (RFC 6455"
                                        + " §5.3)."));
    }

    private static AutobahnCase fails(int number, String description, OutFrame... frames) {
        return new AutobahnCaseBuilder(CaseId.of(CaseId.BEYOND, FAMILY, number), description)
                .send(frames)
                .ok()
                .fails(AutobahnCaseBuilder.PROTOCOL_ERROR, CLOSES);
    }
}
