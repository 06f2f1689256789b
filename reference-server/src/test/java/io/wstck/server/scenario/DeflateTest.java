package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Opcode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests permessage-deflate on the wire with a client that uses zlib. */
class DeflateTest extends ServerTest {
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
    private static final byte[] HELLO = HexFormat.of().parseHex("f248cdc9c90700");

    private ServerSession deflating(String deflate, String... steps) throws Exception {
        return open("{'handshake': {'deflate': " + deflate + "}, 'frames': [" + String.join(", ", steps) + "]}");
    }

    private static RawClient connect(ServerSession session) throws Exception {
        RawClient peer = RawClient.dial(url(session));
        var _ = peer.upgrade(OFFER);
        return peer;
    }

    private static String inflate(Bytes... fragments) throws DataFormatException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Bytes fragment : fragments) {
            all.writeBytes(fragment.toArray());
        }
        all.writeBytes(new byte[] {0, 0, (byte) 0xFF, (byte) 0xFF});
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(all.toByteArray());
            byte[] out = new byte[1 << 20];
            return new String(out, 0, inflater.inflate(out), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | permessage-deflate | permessage-deflate",
                "{} | permessage-deflate | permessage-deflate",
                "true | x-webkit-deflate-frame, permessage-deflate | permessage-deflate",
                "true | permessage-deflate; server_no_context_takeover; client_no_context_takeover | permessage-deflate; server_no_context_takeover",
                "{'client_no_context_takeover':true} | permessage-deflate | permessage-deflate; client_no_context_takeover",
                "\"as-offered\" | permessage-deflate | permessage-deflate",
                "\"as-offered\" | permessage-deflate; client_max_window_bits | permessage-deflate",
                "\"as-offered\" | permessage-deflate; client_no_context_takeover | permessage-deflate; client_no_context_takeover",
                "\"as-offered\" | permessage-deflate; client_no_context_takeover; server_no_context_takeover | permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "{'client_no_context_takeover':'if-offered'} | permessage-deflate | permessage-deflate",
                "{'server_max_window_bits':9} | permessage-deflate | permessage-deflate; server_max_window_bits=9",
                "{'server_max_window_bits':12} | permessage-deflate; server_max_window_bits=10 | permessage-deflate; server_max_window_bits=10",
                "true | permessage-deflate; server_max_window_bits=\"10\" | permessage-deflate; server_max_window_bits=10",
                "{'client_max_window_bits':10} | permessage-deflate; client_max_window_bits | permessage-deflate; client_max_window_bits=10",
                "{'client_max_window_bits':10} | permessage-deflate, permessage-deflate; client_max_window_bits=9 | permessage-deflate; client_max_window_bits=9",
            })
    void anOfferIsAcceptedWithTheParametersAskedForAndThoseItDemands(String deflate, String offer, String answer)
            throws Exception {
        ServerSession session = deflating(deflate);
        try (RawClient peer = RawClient.dial(url(session))) {
            assertThat(peer.upgrade("Sec-WebSocket-Extensions: " + offer))
                    .contains("\r\nSec-WebSocket-Extensions: " + answer + "\r\n");
        }
        assertThat(violations(settled(session))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | permessage-deflate | ",
                "true | permessage-bzip2 | ",
                "{'client_max_window_bits':10} | permessage-deflate | ",
                "true | permessage-deflate; server_max_window_bits | extension-offer",
                "true | permessage-deflate; server_max_window_bits=16 | extension-offer",
                "true | permessage-deflate; client_max_window_bits=08 | extension-offer",
                "true | permessage-deflate; client_no_context_takeover=1 | extension-offer",
                "true | permessage-deflate; what_is_this | extension-offer",
                "true | permessage-deflate; client_max_window_bits; client_max_window_bits=9 | extension-offer",
                "true | permessage deflate | extension-offer",
                "true | permessage-deflate; | extension-offer",
            })
    void anOfferThatCannotBeAcceptedIsDeclinedAndAMalformedOneIsAViolation(
            String deflate, String offer, String violation) throws Exception {
        ServerSession session = deflating(deflate);
        try (RawClient peer = RawClient.dial(url(session))) {
            assertThat(peer.upgrade("Sec-WebSocket-Extensions: " + offer)).doesNotContain("Extensions");
        }
        assertThat(violations(settled(session))).isEqualTo(violation == null ? List.of() : List.of(violation));
    }

    @Test
    void echoCompressesWhatCameCompressedAndNothingElse() throws Exception {
        ServerSession session = deflating("true", "{'op':'echo'}");
        try (RawClient peer = connect(session)) {
            peer.frame(0xC1, HELLO);
            RawClient.Frame compressed = peer.read();
            assertThat(compressed.first()).isEqualTo(0xC1);
            assertThat(inflate(compressed.payload())).isEqualTo("Hello");
            peer.text("plain");
            RawClient.Frame plain = peer.read();
            assertThat(plain.first()).isEqualTo(0x81);
            assertThat(plain.text()).isEqualTo("plain");
            peer.close(1000, "");
            assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
        }
        List<JsonNode> messages = entries(settled(session), "message");
        assertThat(messages)
                .extracting(message -> message.get("compressed").asBoolean())
                .containsExactly(true, true, false, false);
        JsonNode in = messages.getFirst();
        assertThat(in.get("text").asText()).isEqualTo("Hello");
        assertThat(in.get("length").asInt()).isEqualTo(5);
        assertThat(in.get("wire_length").asInt()).isEqualTo(7);
        assertThat(in.get("alone").asBoolean()).isTrue();
        assertThat(messages.get(1).has("alone")).isFalse();
        assertThat(messages.getLast().has("wire_length")).isFalse();
    }

    @Test
    void expectationsDistinguishCompressedAndIndependentMessages() throws Exception {
        ServerSession session = deflating(
                "true",
                "{'op':'expect-message','text':'Hello','compressed':true,'alone':true}",
                "{'op':'expect-message','compressed':true,'alone':false}",
                "{'op':'expect-message','compressed':false}",
                "{'op':'expect-message','compressed':true}");
        try (RawClient peer = connect(session)) {
            peer.frame(0xC1, HELLO);
            // RFC 7692 §7.2.3.2: the second Hello refers to the first.
            peer.frame(0xC1, HexFormat.of().parseHex("f200110000"));
            peer.text("plain");
            peer.text("plain too");
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal))
                .containsExactly(
                        "met expect-message", "met expect-message", "met expect-message", "failed expect-message");
        assertThat(entries(journal, "step").getLast().get("expected").asText()).isEqualTo("a compressed message");
        assertThat(violations(journal)).isEmpty();
    }

    @Test
    void theWindowOfTheAnswerBindsTheClient() throws Exception {
        byte[] noise = new byte[600];
        new Random(1).nextBytes(noise);
        byte[] message = Arrays.copyOf(noise, 1200);
        System.arraycopy(noise, 0, message, 600, 600);
        byte[] compressed = deflate(message);
        for (String bits : List.of("9", "10")) {
            ServerSession session = deflating("{'client_max_window_bits':" + bits + "}", "{'op':'expect-message'}");
            try (RawClient peer = connect(session)) {
                peer.frame(0xC2, compressed);
                peer.close(1000, "");
                assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
            }
            JsonNode journal = settled(session);
            assertThat(violations(journal)).isEqualTo(bits.equals("9") ? List.of("deflate-window") : List.of());
            assertThat(steps(journal)).containsExactly("met expect-message");
        }
    }

    private static byte[] deflate(byte[] message) {
        try (Deflater deflater = new Deflater(9, true)) {
            deflater.setInput(message);
            byte[] out = new byte[message.length + 100];
            int count = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, count - 4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{''handshake'':{''headers'':[[''Sec-WebSocket-Extensions'',''permessage-deflate; client_no_context_takeover'']]}', shared",
        "'{''listener'':''own'',''handshake'':{''raw'':''@''}', own",
    })
    void aRawAnswerIsInForceAsItWasSent(String start, String where) throws Exception {
        String raw = Base64.getEncoder()
                .encodeToString(Bytes.utf8("HTTP/1.1 101 x\r\nsec-websocket-extensions: permessage-deflate;"
                                + "client_no_context_takeover\r\n\r\n")
                        .toArray());
        ServerSession session = open(start.replace("@", raw)
                + ",'frames':[{'op':'expect-message'},{'op':'expect-message','alone':false},{'op':'hang'}]}");
        try (RawClient peer = RawClient.dial(url(session))) {
            var _ = peer.upgrade(OFFER);
            peer.frame(0xC1, HELLO);
            peer.frame(0xC1, HexFormat.of().parseHex("f200110000"));
            peer.close(1000, "");
            assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
        }
        JsonNode journal = settled(session);
        assertThat(violations(journal)).as(where).containsExactly("deflate-window");
        assertThat(steps(journal)).startsWith("met expect-message", "met expect-message");
    }

    @Test
    void aBrokenMessageFailsTheExpectationAtOnce() throws Exception {
        ServerSession session = deflating("true", "{'op':'expect-message','within':600000}");
        try (RawClient peer = connect(session)) {
            peer.frame(0xC1, new byte[] {(byte) 0xFF});
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("failed expect-message");
        assertThat(violations(journal)).containsExactly("deflate-data");
    }

    @Test
    void inflatedTextMustBeUtf8() throws Exception {
        ServerSession session = deflating("true", "{'op':'expect-message'}");
        try (RawClient peer = connect(session)) {
            peer.frame(0xC1, deflate(new byte[] {(byte) 0xC3}));
            peer.close(1000, "");
            assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
        }
        assertThat(violations(settled(session))).containsExactly("text-not-utf8");
    }

    @Test
    void rsv1OnAContinuationOrAControlFrameOrWithoutNegotiationIsReserved() throws Exception {
        ServerSession session = deflating("true", "{'op':'echo'}");
        try (RawClient peer = connect(session)) {
            peer.frame(0x41, Bytes.owning(HELLO).slice(0, 3));
            peer.frame(0xC0, Bytes.owning(HELLO).slice(3, 7));
            assertThat(inflate(peer.read().payload())).isEqualTo("Hello");
            peer.frame(0xC9, new byte[0]);
        }
        assertThat(violations(settled(session))).containsExactly("reserved-bits", "reserved-bits");
        ServerSession declining = frames("{'op':'echo'}");
        try (RawClient peer = connect(declining)) {
            peer.frame(0xC1, HELLO);
        }
        assertThat(violations(settled(declining))).containsExactly("reserved-bits");
    }

    @Test
    void aCompressedMessageIsFragmentedWithRsv1OnTheFirstFrameOnly() throws Exception {
        ServerSession session = deflating(
                "true",
                "{'op':'send-message','text':'Hello, Hello','compress':{'blocks':'fixed','final':true},"
                        + "'fragment_size':4,'interleave':[{'op':'send-ping','text':'between'}]}");
        try (RawClient peer = connect(session)) {
            RawClient.Frame first = peer.read();
            assertThat(first.first()).isEqualTo(0x41);
            assertThat(first.payload().length()).isEqualTo(4);
            assertThat(peer.read().text()).isEqualTo("between");
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            RawClient.Frame next;
            do {
                next = peer.read();
                assertThat(next.first() & 0x7F).isZero();
                rest.writeBytes(next.payload().toArray());
            } while ((next.first() & 0x80) == 0);
            assertThat(inflate(first.payload(), Bytes.owning(rest.toByteArray())))
                    .isEqualTo("Hello, Hello");
        }
        JsonNode message = entries(settled(session), "message").getFirst();
        assertThat(message.get("text").asText()).isEqualTo("Hello, Hello");
        assertThat(message.get("fragments").asInt()).isGreaterThan(2);
    }

    @Test
    void compressingWhatWasNotNegotiatedFailsTheStepAndSendsNothing() throws Exception {
        ServerSession session = deflating("true", "{'op':'send-message','text':'x','compress':true}");
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("failed send-message");
        assertThat(entries(journal, "step").getFirst().get("actual").asText()).contains("not in force");
    }

    @Test
    void theEchoEndpointDeflatesAsItsQuerySays() throws Exception {
        String base = "ws://127.0.0.1:" + server.port();
        try (RawClient peer = RawClient.dial(
                URI.create(base + "/echo?deflate=server_no_context_takeover,client_max_window_bits=10"))) {
            assertThat(peer.upgrade(OFFER))
                    .contains("permessage-deflate; server_no_context_takeover; client_max_window_bits=10\r\n");
            peer.frame(0xC1, HELLO);
            assertThat(inflate(peer.read().payload())).isEqualTo("Hello");
            peer.frame(0xC1, HELLO);
            assertThat(inflate(peer.read().payload())).isEqualTo("Hello");
        }
        for (String wrong : List.of("maybe", "client_max_window_bits=16", "server_no_context_takeover=1", "on,on")) {
            try (RawClient peer = RawClient.dial(URI.create(base + "/echo?deflate=" + wrong))) {
                peer.send(peer.request(OFFER));
                assertThat(peer.readHead()).startsWith("HTTP/1.1 400 ");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'handshake':{'deflate':1}} | handshake.deflate: expected an object",
                "{'handshake':{'deflate':{'server_max_window_bits':7}}} | handshake.deflate.server_max_window_bits",
                "{'handshake':{'deflate':{'window':9}}} | handshake.deflate.window: unknown field",
                "{'frames':[{'op':'send-message','text':'a','compress':{'blocks':'x'}}]} | frames[0].compress.blocks",
                "{'frames':[{'op':'send-message','text':'a','compress':{'block_size':0}}]} | frames[0].compress.block_size",
                "{'frames':[{'op':'send-message','text':'a','compress':true,'fragments':[1]}]} | frames[0].fragments",
                "{'frames':[{'op':'send-message','text':'a','fragments':[1],'fragment_size':1}]} | frames[0].fragment_size",
            })
    void errorsNameTheirPlace(String session, String message) {
        assertThatThrownBy(() -> open(session)).hasMessageContaining(message);
    }
}
