package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * An agent for tests with a minimal WebSocket client: one connection, short frames. Its adapter makes one mistake:
 * {@code closes-twice}, {@code keeps-open} after a failed read, or {@code raises}. It answers one request at a time.
 */
public final class CarelessAgent {
    private static final int CLOSE = 8;
    private static final byte[] PROTOCOL_ERROR = {3, (byte) 0xea};

    private final ObjectMapper json = new ObjectMapper();
    private final String mistake;
    private Optional<Socket> socket = Optional.empty();

    private CarelessAgent(String mistake) {
        this.mistake = mistake;
    }

    /** The command that starts this agent. */
    public static String command(String mistake) {
        return "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' " + CarelessAgent.class.getName() + " " + mistake;
    }

    public static void main(String[] arguments) throws IOException {
        CarelessAgent agent = new CarelessAgent(arguments[0]);
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            System.out.println(agent.answer(agent.json.readTree(line)));
        }
    }

    private ObjectNode answer(JsonNode request) throws IOException {
        ObjectNode answer = json.createObjectNode();
        answer.set("id", request.path("id"));
        switch (request.path("op").asText()) {
            case "hello" ->
                answer.putArray("results")
                        .addObject()
                        .put("name", "careless")
                        .put("version", "1")
                        .put("language", "Java")
                        .putArray("capabilities");
            case "connect" -> {
                connect(URI.create(request.path("url").asText()));
                answer.putArray("results").add("the client");
            }
            case "send" -> {
                if (mistake.equals("raises")) {
                    answer.put("trouble", "IllegalStateException: the library has raised this");
                } else {
                    write(1, Base64.getDecoder().decode(request.path("data").asText()));
                    answer.putArray("results").add(true);
                }
            }
            case "receive" -> {
                if (mistake.equals("closes-twice")) {
                    // The client closes the connection after any byte from the server.
                    new DataInputStream(open().getInputStream()).readUnsignedByte();
                    write(CLOSE, PROTOCOL_ERROR);
                }
                answer.putArray("results").addNull();
            }
            case "close" -> {
                write(CLOSE, PROTOCOL_ERROR);
                answer.putArray("results").add(true);
            }
            case "end" -> {
                if (socket.isPresent()) {
                    socket.get().close();
                }
                answer.putArray("results").add(true);
            }
            default -> answer.putArray("results").add(true);
        }
        return answer;
    }

    private Socket open() {
        return socket.orElseThrow();
    }

    private void connect(URI url) throws IOException {
        socket = Optional.of(new Socket(url.getHost(), url.getPort()));
        String request = "GET " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        open().getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        byte[] end = new byte[4];
        while (!Arrays.equals(end, new byte[] {'\r', '\n', '\r', '\n'})) {
            System.arraycopy(end, 1, end, 0, 3);
            end[3] = new DataInputStream(open().getInputStream()).readByte();
        }
    }

    /** Writes a frame of at most 125 bytes, masked with zeros. */
    private void write(int opcode, byte[] payload) throws IOException {
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) (0x80 | opcode);
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        open().getOutputStream().write(frame);
    }
}
