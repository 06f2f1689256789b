package io.wstck.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.wire.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the numbering, the hash and the limits of journals. */
class JournalTest extends ServerTest {
    @Test
    void theHashIsOverTheEntriesAndShowsAnyChange() throws Exception {
        ServerSession session = frames("{'op':'echo'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.text("x");
            assertThat(peer.read().text()).isEqualTo("x");
        }
        JsonNode journal = new JsonMapper().readTree(settled(session).toString());
        ArrayNode entries = (ArrayNode) journal.get("entries");
        assertThat(Journal.hash(entries))
                .isEqualTo(journal.get("sha256").asText())
                .isEqualTo(Bytes.utf8(entries.toString()).sha256());
        ((ObjectNode) entries.get(0)).put("nanos", 1);
        assertThat(Journal.hash(entries)).isNotEqualTo(journal.get("sha256").asText());
    }

    @Test
    void theEncodedFormHasTheSameText() throws Exception {
        ServerSession session = frames("{'op':'echo'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.text("\"\u00e9\n");
            assertThat(peer.read().text()).isEqualTo("\"\u00e9\n");
        }
        session.scriptEnded();
        assertThat(session.awaitSettled(LIMIT)).isTrue();
        Journal journal = session.journal();
        assertThat(journal.entries()).isNotEmpty();
        assertThat(journal.toEncodedJson().toString())
                .isEqualTo(journal.toJson().toString());
    }

    @Test
    void entriesAreNumberedAndTimedInOrder() throws Exception {
        ServerSession session = open("{'name':'a name','servers':{'main':{},'other':{'listener':'own'}}}");
        RawClient.connect(session.urls().get("main")).close();
        assertThat(session.awaitSettled(LIMIT)).isTrue();
        RawClient.connect(session.urls().get("other")).close();
        session.scriptEnded();
        JsonNode journal = settled(session);
        assertThat(journal.get("version").asInt()).isEqualTo(1);
        assertThat(journal.get("session").asText()).isEqualTo(session.id());
        assertThat(journal.get("name").asText()).isEqualTo("a name");
        assertThat(journal.get("settled").asBoolean()).isTrue();
        assertThat(journal.get("dropped").asInt()).isZero();
        long nanos = 0;
        int seq = 0;
        for (JsonNode entry : journal.get("entries")) {
            seq++;
            assertThat(entry.get("seq").asInt()).isEqualTo(seq);
            assertThat(entry.get("nanos").asLong()).isGreaterThanOrEqualTo(nanos);
            nanos = entry.get("nanos").asLong();
        }
        List<String> opened = entries(journal, "tcp-opened").stream()
                .map(entry ->
                        entry.get("server").asText() + entry.get("connection").asInt())
                .toList();
        assertThat(opened).containsExactly("main1", "other2");
    }

    @Test
    void aFloodIsCountedAndTheEndingIsKept() throws Exception {
        ServerSession session = frames("{'op':'hang'}");
        int count = 30_000;
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.send("\u008A\u0080\0\0\0\0".repeat(count));
            peer.close(1000, "");
            assertThat(peer.read().close().code()).hasValue(1000);
        }
        JsonNode journal = settled(session);
        assertThat(journal.get("entries").size()).isLessThanOrEqualTo(JournalRecorder.MAX_ENTRIES);
        int kept = entries(journal, "frame").size();
        assertThat(kept + journal.get("dropped").asInt()).isEqualTo(count + 2);
        assertThat(entries(journal, "server-ended")).hasSize(1);
        assertThat(entries(journal, "client-ended")).hasSize(1);
    }

    @Test
    void connectionsBeyondTheLimitAreCountedAndNotPlayed() throws Exception {
        ServerSession session = own();
        for (int i = 0; i < ServerSession.MAX_CONNECTIONS; i++) {
            RawClient.connect(url(session)).close();
        }
        try (RawClient peer = RawClient.dial(url(session))) {
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        JsonNode journal = settled(session);
        assertThat(entries(journal, "tcp-opened")).hasSize(ServerSession.MAX_CONNECTIONS);
        assertThat(journal.get("dropped").asInt()).isEqualTo(1);
    }
}
