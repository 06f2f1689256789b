package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests sessions over HTTP. */
class HttpApiTest extends ServerTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void closeClient() {
        http.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                java.net.http.HttpRequest.newBuilder(server.base().resolve(path))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return http.send(
                java.net.http.HttpRequest.newBuilder(server.base().resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.replace('\'', '"')))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void aPostedSessionIsPlayedAndItsJournalRead() throws Exception {
        JsonNode opened = MAPPER.readTree(post(
                        "/scenarios",
                        "{'name':'n','servers':{'main':{'frames':[{'op':'echo'}]},'own':{'listener':'own'}}}")
                .body());
        String id = opened.get("id").asText();
        assertThat(opened.get("url").asText()).isEqualTo("ws://127.0.0.1:" + server.port() + "/s/" + id);
        assertThat(opened.get("urls").get("main")).isEqualTo(opened.get("url"));
        assertThat(opened.get("urls").get("own").asText()).startsWith("ws://127.0.0.1:");
        for (String url :
                new String[] {opened.get("url").asText(), opened.get("url").asText() + "/main"}) {
            try (RawClient peer = RawClient.connect(URI.create(url))) {
                peer.text("hi");
                assertThat(peer.read().text()).isEqualTo("hi");
            }
        }
        JsonNode journal =
                MAPPER.readTree(post("/journals/" + id + "/script-ended", "").body());
        assertThat(journal.get("settled").asBoolean()).isTrue();
        assertThat(types(journal)).contains("script-ended");
        assertThat(opened.get("journal").asText()).isEqualTo(server.base() + "/journals/" + id);
        assertThat(MAPPER.readTree(get("/journals/" + id).body())).isEqualTo(journal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'frames':[{'op':'echo'},{},{'op':'echo'}]} | frames[1].op: expected the name of a step, got nothing",
                "{'frames':[{'op':'expect-clsoe'}]} | frames[0].op: expected the name of a step, got \"expect-clsoe\";"
                        + " did you mean \"expect-close\"?",
                "{'frames':[{'op':'dance'}]} | frames[0].op: expected the name of a step, got \"dance\"",
                "{'servers':{'main':{'frames':[{'op':'send-message','text':'1234567','fragments':[3,3]}]}}} | servers.main.frames[0].fragments: expected sizes that add up to 7, got 6",
                "{'frames':[{'op':'send-frame'}]} | frames[0].opcode: expected an integer from 0 to 15, got nothing",
                "{'frames':[{'op':'send-frame','opcode':16}]} | frames[0].opcode: expected an integer from 0 to 15, got 16",
                "{'frames':[{'op':'send-ping','data':'?'}]} | frames[0].data: expected base64, got \"?\"",
                "{'frames':[{'op':'send-ping','size':1}]} | frames[0].size: expected a text or data to repeat to 1 bytes, got nothing",
                "{'frames':[{'op':'pause','seconds':1}]} | frames[0].seconds: unknown field; expected one of [ms, op]",
                "{'frames':{'op':'echo'}} | frames: expected an array, got {\"op\":\"echo\"}",
                "{'tcp':[{'op':'hang'}]} | tcp: needs \"listener\": \"own\"",
                "{'listener':'own','tcp':[{'op':'echo'}]} | tcp[0]: echo needs frames; expected a step about TCP",
                "{'handshake':{'protocol':'second'}} | handshake.protocol: expected first, last, none or =token, got \"second\"",
                "{'handshake':{'omit':['Host']}} | handshake.omit: expected Upgrade, Connection or Sec-WebSocket-Accept, got \"Host\"",
                "{'servers':{}} | servers: expected an object with a scenario, got {}",
                "[] | expected an object, got []",
                "{ | The body is no JSON",
                "{'a\u007fb':1} | a\\x7fb: unknown field"
            })
    void aWrongSessionIsRefusedWithThePlaceAndTheReason(String json, String message) throws Exception {
        HttpResponse<String> response = post("/scenarios", json);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith(message);
    }

    @Test
    void aBodyThatLooksLikeUtf32IsRefusedAsNoJson() throws Exception {
        // Three zero bytes and a quote are a quote in UTF-32; the four bytes after them are no character.
        HttpResponse<String> response = post("/scenarios", "\0\0\0\"\1\1\1\1");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("The body is no JSON");
    }

    @Test
    void unknownPathsAreNotFound() throws Exception {
        assertThat(get("/journals/none").statusCode()).isEqualTo(404);
        assertThat(get("/s/none").statusCode()).isEqualTo(404);
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/scenarios").statusCode()).isEqualTo(405);
    }

    @Test
    void aGetWithoutUpgradeOfASessionUrlIsToldToUpgrade() throws Exception {
        ServerSession session = frames();
        HttpResponse<String> response = get("/s/" + session.id());
        assertThat(response.statusCode()).isEqualTo(426);
        assertThat(violations(settled(session))).contains("handshake-request");
    }
}
