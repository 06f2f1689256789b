package io.wstck.tck.fuzz;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.endpoint.Endpoints;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.EndpointTarget;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.ScenarioSyntaxException;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.RequestReader;
import java.io.IOException;

/**
 * The JSON of a session or a scenario. Allowed outcomes are invalid JSON, a {@link ScenarioSyntaxException}, and a
 * session whose handshake response can be written.
 */
final class ScenarioTarget implements FuzzTarget {
    private static final int MAX_SENTENCE = 1000;

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final HttpRequest request = request();

    private static HttpRequest request() {
        RequestReader reader = new RequestReader();
        String head = String.join(
                "\r\n",
                "GET / HTTP/1.1",
                "Host: server.example.com",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
                "",
                "");
        var _ = reader.feed(Bytes.utf8(head).buffer());
        return reader.request();
    }

    @Override
    public void play(byte[] input) {
        JsonNode json;
        try {
            json = mapper.readTree(input);
        } catch (IOException e) {
            // Invalid JSON or invalid UTF-8.
            return;
        }
        try {
            SessionSpec.parse(json).servers().values().forEach(this::use);
        } catch (ScenarioSyntaxException e) {
            MessageChecks.check(e.getMessage(), MAX_SENTENCE);
        }
    }

    private void use(Behaviour behaviour) {
        switch (behaviour) {
            case Scenario scenario -> {
                var _ = scenario.handshake().bytesFor(request);
                var _ = scenario.handshake().deflateFor(request);
            }
            case EndpointTarget target ->
                Endpoints.problem(target).ifPresent(problem -> MessageChecks.check(problem, MAX_SENTENCE));
        }
    }
}
