package io.wstck.tck.autobahn.servers;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.FrameReader;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.WireEvent;
import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateAnswer;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.deflate.StreamCompressor;
import io.wstck.server.wire.handshake.AcceptKey;
import io.wstck.server.wire.handshake.HandshakeRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection of an echo server that is right but for one fault. */
final class EchoServer {
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_UTF8 = 1007;
    private static final int LONG_MESSAGE = 64 << 10;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final ServerFault fault;
    private Optional<DeflateParameters> deflate = Optional.empty();
    private Optional<StreamCompressor> compressor = Optional.empty();
    private Optional<Bytes> ping = Optional.empty();
    private boolean ignored;
    private boolean closed;

    private boolean echoed;
    private final AtomicBoolean wasCut;

    private EchoServer(Socket socket, ServerFault fault, AtomicBoolean wasCut) {
        this.socket = socket;
        this.fault = fault;
        this.wasCut = wasCut;
    }

    static ScriptedServer start(ServerFault fault) throws IOException {
        AtomicBoolean wasCut = new AtomicBoolean();
        return ScriptedServer.open(socket -> new EchoServer(socket, fault, wasCut).play());
    }

    private void play() throws IOException {
        socket.setTcpNoDelay(true);
        if (fault == ServerFault.STOPS_AT_CUT && wasCut.get()) {
            return;
        }
        try {
            if (handshake()) {
                frames();
            }
        } finally {
            wasCut.compareAndSet(false, !closed);
        }
    }

    private void frames() throws IOException {
        deflate.ifPresent(agreed -> compressor = Optional.of(StreamCompressor.of(sending(agreed))));
        try {
            FrameReader reader = FrameReader.of(
                    EndpointRole.CLIENT,
                    deflate.map(agreed -> agreed),
                    RecordedPayload.DigestMode.SKIPPED,
                    new MemoryBudget(256 << 20).newReservation());
            byte[] buffer = new byte[64 << 10];
            InputStream in = socket.getInputStream();
            for (int count = in.read(buffer); count >= 0 && !closed; count = in.read(buffer)) {
                reader.feed(ByteBuffer.wrap(buffer, 0, count), this::take);
                answerLatestPing();
                if (closed && fault != ServerFault.OPEN_TCP) {
                    socket.shutdownOutput();
                }
            }
            ScriptedServer.readToTheEnd(socket);
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        } finally {
            compressor.ifPresent(StreamCompressor::close);
        }
    }

    /** The parameters that the server really uses for its messages. */
    private DeflateParameters sending(DeflateParameters agreed) {
        return switch (fault) {
            case CONTEXT_KEPT ->
                new DeflateParameters(
                        ContextTakeover.SLIDING,
                        agreed.clientTakeover(),
                        agreed.serverWindowBits(),
                        agreed.clientWindowBits());
            case LARGE_WINDOW ->
                new DeflateParameters(
                        agreed.serverTakeover(),
                        agreed.clientTakeover(),
                        DeflateParameters.MAX_BITS,
                        agreed.clientWindowBits());
            default -> agreed;
        };
    }

    /** Returns whether frames follow. */
    private boolean handshake() throws IOException {
        RequestReader reader = new RequestReader();
        String head = fault == ServerFault.SINGLE_READ ? singleRead() : ScriptedServer.request(socket);
        if (reader.feed(ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)))
                != RequestReader.Progress.COMPLETE) {
            return false;
        }
        HttpRequest request = reader.request();
        if (isRefused(request, head)) {
            closed = true;
            refuse(request);
            return false;
        }
        StringBuilder answer =
                new StringBuilder("HTTP/1.1 101 Switching Protocols\r\nServer: echo\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                        + AcceptKey.answer(String.join(",", request.values("Sec-WebSocket-Key"))) + "\r\n");
        extensions(request).ifPresent(header -> {
            deflate = DeflateParameters.fromAnswer(List.of(header));
            answer.append(header.name()).append(": ").append(header.value()).append("\r\n");
        });
        List<String> offered = request.values("Sec-WebSocket-Protocol");
        if (fault == ServerFault.SUBPROTOCOLS_REPEATED && !offered.isEmpty()) {
            answer.append("Sec-WebSocket-Protocol: ")
                    .append(String.join(", ", offered))
                    .append("\r\n");
        }
        ScriptedServer.send(socket, answer.append("\r\n").toString());
        return true;
    }

    private String singleRead() throws IOException {
        byte[] buffer = new byte[8 << 10];
        int count = socket.getInputStream().read(buffer);
        return new String(buffer, 0, Math.max(0, count), StandardCharsets.ISO_8859_1);
    }

    private boolean isRefused(HttpRequest request, String head) {
        if (fault == ServerFault.LITERAL_HEADERS
                && !(head.contains("\r\nUpgrade: websocket\r\n") && head.contains("\r\nConnection: Upgrade\r\n"))) {
            return true;
        }
        if (fault == ServerFault.UNUSUAL_REFUSED) {
            return isUnusual(request);
        }
        boolean bad = !HandshakeRules.checkUpgrade(request).isEmpty()
                || request.headers().stream().anyMatch(header -> header.name().endsWith(" "));
        return bad && fault != ServerFault.ANY_HANDSHAKE;
    }

    /** Whether the handshake offers a choice. Every offer of compression but the usual one counts. */
    private static boolean isUnusual(HttpRequest request) {
        return !request.values("Upgrade").equals(List.of("websocket"))
                || !request.values("Sec-WebSocket-Protocol").isEmpty()
                || request.values("Sec-WebSocket-Extensions").stream()
                        .anyMatch(offer -> !offer.endsWith("client_max_window_bits"));
    }

    private void refuse(HttpRequest request) throws IOException {
        boolean otherVersion =
                request.values("Sec-WebSocket-Version").stream().anyMatch(version -> !version.equals("13"));
        if (fault != ServerFault.SILENT_REFUSAL) {
            ScriptedServer.send(
                    socket,
                    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n"
                            + (otherVersion && fault != ServerFault.VERSION_UNTOLD
                                    ? "Sec-WebSocket-Version: 13\r\n"
                                    : "")
                            + "\r\n");
        }
    }

    private Optional<Header> extensions(HttpRequest request) {
        List<String> offered = request.values("Sec-WebSocket-Extensions");
        Optional<Header> right = DeflateAnswer.asOffered().answer(request).map(this::answered);
        return switch (fault) {
            case EXTENSIONS_REPEATED ->
                offered.stream().findFirst().map(value -> new Header("Sec-WebSocket-Extensions", value));
            case ANY_OFFER ->
                right.or(() -> offered.stream()
                        .filter(value -> value.contains("permessage-deflate"))
                        .findFirst()
                        .map(_ -> new Header("Sec-WebSocket-Extensions", "permessage-deflate")));
            default -> right;
        };
    }

    private Header answered(Header right) {
        return fault == ServerFault.DEMANDS_IGNORED ? new Header(right.name(), "permessage-deflate") : right;
    }

    private void take(WireEvent event) {
        if (closed) {
            return;
        }
        switch (event) {
            case WireEvent.ViolationFound found -> violation(found.violation().rule());
            case WireEvent.FrameRead frame ->
                control(frame.header(), frame.payload().kept());
            case WireEvent.MessageRead read -> message(read.message());
            case WireEvent.MessageCorrupt _, WireEvent.MessageDiscarded _ -> fail(PROTOCOL_ERROR);
        }
    }

    private void violation(Rule rule) {
        ignored = switch (rule) {
            case RESERVED_BITS -> fault == ServerFault.RESERVED_BITS;
            case RESERVED_OPCODE -> fault == ServerFault.RESERVED_OPCODES;
            case ORPHAN_CONTINUATION, NESTED_MESSAGE, CONTROL_FRAGMENTED -> fault == ServerFault.FRAGMENTS;
            case TEXT_NOT_UTF8 -> fault == ServerFault.ANY_TEXT || fault == ServerFault.LATE_TEXT;
            case CONTROL_TOO_LONG -> fault == ServerFault.LONG_CONTROL;
            case UNMASKED_FRAME -> fault == ServerFault.UNMASKED_ACCEPTED;
            case CLOSE_CODE, CLOSE_PAYLOAD -> fault == ServerFault.ANY_CLOSE_CODE;
            default -> false;
        };
        if (!ignored) {
            fail(rule == Rule.TEXT_NOT_UTF8 ? NOT_UTF8 : PROTOCOL_ERROR);
        }
    }

    private void control(FrameHeader header, Bytes payload) {
        switch (header.opcode()) {
            case Opcode.PING -> pong(payload);
            case Opcode.CLOSE -> close(new CloseStatus(payload));
            default -> {
                // Parts of messages, and pongs, need no answer.
            }
        }
    }

    private void pong(Bytes payload) {
        switch (fault) {
            case NO_PONG -> {}
            case EMPTY_PONG -> send(Opcode.PONG, 0, Bytes.EMPTY);
            case LATEST_PONG -> ping = Optional.of(payload);
            default -> send(Opcode.PONG, 0, payload.slice(0, Math.min(125, payload.length())));
        }
    }

    private void answerLatestPing() {
        if (!closed) {
            ping.ifPresent(payload -> send(Opcode.PONG, 0, payload));
        }
        ping = Optional.empty();
    }

    private void close(CloseStatus status) {
        int code = status.code().orElse(1000);
        boolean unassigned = code >= 1015 && code < 3000;
        if (fault == ServerFault.EARLY_CLOSE_IGNORED && !echoed) {
            return;
        }
        if (fault == ServerFault.OTHER_CLOSE_CODE) {
            send(Opcode.CLOSE, 0, CloseStatus.of(1001, "").payload());
        } else if (unassigned && fault != ServerFault.ANY_CLOSE_CODE) {
            fail(PROTOCOL_ERROR);
        } else if (fault != ServerFault.NO_CLOSE_FRAME) {
            send(Opcode.CLOSE, 0, status.answer());
        }
        closed = true;
    }

    private void fail(int code) {
        int sent = fault == ServerFault.WRONG_FAILURE_CODE ? 1000 : code;
        send(Opcode.CLOSE, 0, CloseStatus.of(sent, "").payload());
        closed = true;
    }

    private void message(Message message) {
        if (ignored && fault == ServerFault.RESERVED_OPCODES) {
            ignored = false;
            return;
        }
        if (ignored && fault == ServerFault.LATE_TEXT) {
            fail(NOT_UTF8);
            return;
        }
        answerLatestPing();
        echoed = true;
        int opcode =
                fault == ServerFault.WRONG_TYPE ? Opcode.BINARY : message.type().opcode();
        Bytes content = message.content();
        if (fault == ServerFault.SHORT_ECHO && content.length() >= LONG_MESSAGE) {
            content = content.slice(0, content.length() - 1);
        }
        if (message.coding() instanceof MessageCoding.Deflated) {
            int rsv = fault == ServerFault.NO_RSV1 ? 0 : FrameHeader.RSV1;
            send(opcode, rsv, compressor.orElseThrow().compress(content));
        } else {
            send(opcode, 0, content);
        }
    }

    private void send(int opcode, int rsv, Bytes payload) {
        FrameHeader header = FrameHeader.of(Fin.LAST, opcode, payload.length()).withRsv(rsv);
        byte[] bytes = payload.toArray();
        if (fault == ServerFault.MASKED) {
            int key = ByteBuffer.wrap(MASK).getInt();
            header = header.withMask(key);
            FrameHeader.applyMask(key, bytes, bytes.length, 0);
        }
        try {
            byte[] head = header.encode();
            byte[] frame = new byte[head.length + bytes.length];
            System.arraycopy(head, 0, frame, 0, head.length);
            System.arraycopy(bytes, 0, frame, head.length, bytes.length);
            socket.getOutputStream().write(frame);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
