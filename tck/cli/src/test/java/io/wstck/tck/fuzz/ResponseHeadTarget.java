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
 * The head of a server's response, which the client reads and verifies. Allowed outcomes are an opened connection, a
 * {@link HandshakeException}, and an incomplete head. The outcome does not depend on the sizes of the reads. The bytes
 * after the head are kept.
 */
final class ResponseHeadTarget implements FuzzTarget {
    /** The longest message. It contains a part of the response. */
    private static final int MAX_SENTENCE = 600;

    /** The key of the RFC's example (§1.3), so that the corpus can contain its accept value. */
    private static final HandshakeKey KEY = new HandshakeKey("dGhlIHNhbXBsZSBub25jZQ==");

    /** Selected by the low three bits of the first byte. */
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
        ReadSizes segments = ReadSizes.forInput(input);
        FuzzFinding.unlessEqual(
                "expected the same outcome for bytes read whole and " + segments,
                outcome(wire, ReadSizes.WHOLE, request),
                outcome(wire, segments, request));
    }

    /** Returns the opened connection or the error, then the number of consumed bytes. */
    private static List<Object> outcome(byte[] wire, ReadSizes segments, HandshakeRequest request) {
        HttpResponseReader reader = new HttpResponseReader();
        int seed = ReadSizes.seed(wire);
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
            MessageChecks.check(e.getMessage(), MAX_SENTENCE);
            return List.of(e.getMessage(), reader.size());
        }
    }

    private static Object verify(HttpResponse response, HandshakeRequest request) {
        try {
            HandshakeResponse opened = HandshakeResponse.verify(response, KEY, request);
            if (opened.deflate().isPresent() && request.deflate().mode() == CompressionMode.DISABLED) {
                throw new FuzzFinding("expected no compression where none was offered, got " + opened);
            }
            return opened;
        } catch (HandshakeException e) {
            MessageChecks.check(e.getMessage(), MAX_SENTENCE);
            return e.getMessage();
        }
    }
}
