package io.wstck.server.dial;

import io.wstck.server.dial.OpeningResult.FailureKind;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.HttpResponse;
import io.wstck.server.wire.PrefetchedTransport;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.RequestReader.Progress;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Transport.Interest;
import io.wstck.server.wire.deflate.DeflateDemand;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.handshake.OpeningRequest;
import io.wstck.server.wire.handshake.ResponseRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Plays the opening handshake in the role of the client (RFC 6455 §4.1). One thread, which may be virtual. */
public final class OpeningHandshake {
    private static final int BUFFER = 8 << 10;

    /** Writes the bytes of a request. */
    @FunctionalInterface
    public interface RequestWriter {
        /**
         * Writes all bytes.
         *
         * @return whether TCP has all of them; false when the deadline passed before
         * @throws IOException when the server has ended the connection
         */
        boolean write(Transport transport, Bytes request, Deadline deadline) throws IOException, InterruptedException;
    }

    /** The interim answers that are passed over. */
    private static final int MOST_INTERIM = 10;

    private final Transport transport;
    private final OpeningRequest request;
    private final List<DeflateDemand> demands;
    private final Deadline deadline;
    private int interim;
    private RequestReader head = new RequestReader();

    /**
     * @param demands the offers of permessage-deflate in {@code request}; none: the answer is not compared with them
     * @param deadline for the whole answer
     */
    public OpeningHandshake(
            Transport transport, OpeningRequest request, List<DeflateDemand> demands, Deadline deadline) {
        this.transport = transport;
        this.request = request;
        this.demands = List.copyOf(demands);
        this.deadline = deadline;
    }

    /** Sends the request and reads the answer. The caller owns the connection in any case. */
    public OpeningResult play() throws InterruptedException {
        return play((to, bytes, limit) -> to.writeAll(bytes.buffer(), limit));
    }

    /** Sends the request with {@code writer} and reads the answer. The caller owns the connection in any case. */
    public OpeningResult play(RequestWriter writer) throws InterruptedException {
        try {
            if (!writer.write(transport, request.bytes(), deadline)) {
                return unopened(
                        "expected HTTP/1.1 101, but the request could not be sent in time", FailureKind.TIMEOUT);
            }
            return read();
        } catch (IOException gone) {
            return unopened("expected HTTP/1.1 101, but the connection was reset", FailureKind.REFUSED);
        }
    }

    private OpeningResult unopened(String problem, FailureKind kind) {
        return new OpeningResult.Unopened(head.raw(), problem, kind);
    }

    private OpeningResult read() throws IOException, InterruptedException {
        ByteBuffer in = ByteBuffer.allocate(BUFFER);
        while (!deadline.hasPassed()) {
            int count = transport.read(in.clear());
            if (count < 0) {
                return unopened("expected HTTP/1.1 101, but TCP ended" + came(), FailureKind.REFUSED);
            }
            if (count == 0) {
                transport.await(Interest.READING, deadline);
                continue;
            }
            Progress progress = feed(in.flip());
            if (progress == Progress.TOO_LONG) {
                return unopened(
                        "expected HTTP/1.1 101, got more than " + RequestReader.LIMIT + " bytes without an empty line",
                        FailureKind.REFUSED);
            }
            if (progress == Progress.COMPLETE) {
                byte[] ahead = new byte[in.remaining()];
                in.get(ahead);
                return judge(HttpResponse.of(head.request()), Bytes.owning(ahead));
            }
        }
        return unopened("expected HTTP/1.1 101 in time, got no whole answer" + came(), FailureKind.TIMEOUT);
    }

    /** Reads the head of the final answer. Interim answers may come before it (RFC 9110 §15.2). */
    private Progress feed(ByteBuffer in) {
        Progress progress = head.feed(in);
        while (progress == Progress.COMPLETE
                && HttpResponse.of(head.request()).isInterim()
                && interim++ < MOST_INTERIM) {
            head = new RequestReader();
            progress = head.feed(in);
        }
        return progress;
    }

    private String came() {
        Bytes raw = head.raw();
        return raw.length() == 0 ? " without a byte" : " after " + raw;
    }

    private OpeningResult judge(HttpResponse response, Bytes ahead) {
        Optional<String> problem = ResponseRules.problem(request, response);
        if (problem.isPresent()) {
            return unopened(problem.get(), FailureKind.REFUSED);
        }
        Optional<DeflateParameters> deflate = DeflateParameters.fromAnswer(response.headers());
        return new OpeningResult.Opened(
                ahead.length() == 0 ? transport : new PrefetchedTransport(transport, ahead),
                head.raw(),
                deflate,
                deflate
                        .filter(_ -> !demands.isEmpty())
                        .flatMap(agreed -> DeflateDemand.violation(demands, agreed))
                        .stream()
                        .toList());
    }
}
