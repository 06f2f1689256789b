package io.wstck.tck.fuzz;

import io.wstck.client.CompressionMode;
import io.wstck.client.WebSocketException;
import io.wstck.client.protocol.DeflateOffer;
import io.wstck.client.protocol.HandshakeException;
import io.wstck.client.protocol.HandshakeKey;
import io.wstck.client.protocol.HandshakeRequest;
import io.wstck.client.protocol.HandshakeResponse;
import io.wstck.client.protocol.HttpResponse;
import io.wstck.client.protocol.HttpResponseReader;
import io.wstck.client.protocol.WebSocketUrl;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The head of a server's response, read and verified by the client. Allowed outcomes are an opened connection, a {@link
 * HandshakeException}, and a head that is not complete; the outcome is the same whichever way the bytes are divided into reads, and
 * the bytes behind the head stay.
 */
final class ResponseHeadTarget implements FuzzTarget {
    /** The longest sentence: what came is shown in it, cut. */
    private static final int MAX_SENTENCE = 600;

    /** The key of the RFC's example (§1.3): the accept value is known to the corpus. */
    private static final HandshakeKey KEY = new HandshakeKey("dGhlIHNhbXBsZSBub25jZQ==");

    /** By the low three bits of the first byte. */
    private final List<HandshakeRequest> requests = new ArrayList<>();

    ResponseHeadTarget() {
        for (CompressionMode mode : CompressionMode.values()) {
            requests.add(request(mode, OptionalInt.empty(), List.of()));
            requests.add(request(mode, OptionalInt.of(15), List.of("chat", "superchat")));
        }
    }

    private static HandshakeRequest request(CompressionMode mode, OptionalInt bits, List<String> subprotocols) {
        try {
            return HandshakeRequest.of(
                    WebSocketUrl.parse("ws://server.example.com/chat"),
                    List.of(),
                    subprotocols,
                    new DeflateOffer(mode, bits));
        } catch (WebSocketException e) {
            throw new IllegalStateException("expected a valid request", e);
        }
    }

    @Override
    public void play(byte[] input) {
        if (input.length == 0) {
            return;
        }
        HandshakeRequest request = requests.get(Math.floorMod(input[0], requests.size()));
        byte[] wire = Arrays.copyOfRange(input, 1, input.length);
        Segments segments = Segments.forInput(input);
        Finding.unlessEqual(
                "expected the same outcome for bytes read whole and " + segments,
                outcome(wire, Segments.WHOLE, request),
                outcome(wire, segments, request));
    }

    /** Returns what the response opens, or why it does not, then how many bytes were taken. */
    private static List<Object> outcome(byte[] wire, Segments segments, HandshakeRequest request) {
        HttpResponseReader reader = new HttpResponseReader();
        int seed = Segments.seed(wire);
        try {
            ByteBuffer read = ByteBuffer.wrap(wire);
            int size;
            for (int at = 0; at < wire.length; at += size) {
                size = segments.next(at, wire.length, seed);
                Optional<HttpResponse> response = reader.next(read.limit(at + size));
                if (response.isPresent()) {
                    return List.of(verify(response.get(), request), read.position());
                }
            }
            return List.of("incomplete", reader.size());
        } catch (HandshakeException e) {
            Sentences.check(e.getMessage(), MAX_SENTENCE);
            return List.of(e.getMessage(), reader.size());
        }
    }

    private static Object verify(HttpResponse response, HandshakeRequest request) {
        try {
            HandshakeResponse opened = HandshakeResponse.verify(response, KEY, request);
            if (opened.deflate().isPresent() && request.deflate().mode() == CompressionMode.DISABLED) {
                throw new Finding("expected no compression where none was offered, got " + opened);
            }
            return opened;
        } catch (HandshakeException e) {
            Sentences.check(e.getMessage(), MAX_SENTENCE);
            return e.getMessage();
        }
    }
}
