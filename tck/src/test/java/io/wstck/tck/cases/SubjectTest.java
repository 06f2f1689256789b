package io.wstck.tck.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.tck.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A shipped case is about its subject, and about nothing that happens beside it. */
class SubjectTest {
    private static List<TestCase> cases;

    @BeforeAll
    static void load() throws Exception {
        cases = CaseCatalogue.load(Catalogue.load(), CaseSource.shipped()).cases();
    }

    /** A client's pool could hand the connection that it refused to the next case, if both had the same address. */
    @Test
    void aServerWhoseHandshakeAnswerMustFailHasAListenerOfItsOwn() {
        List<String> shared = new ArrayList<>();
        for (TestCase testCase : cases) {
            for (Map.Entry<String, JsonNode> server : servers(testCase)) {
                if (failsHandshake(server.getValue())
                        && !server.getValue().path("listener").asText().equals("own")) {
                    shared.add(testCase.id() + ": " + server.getKey());
                }
            }
        }

        assertThat(shared).isEmpty();
        assertThat(cases)
                .filteredOn(
                        testCase -> servers(testCase).stream().anyMatch(server -> failsHandshake(server.getValue())))
                .hasSizeGreaterThan(60);
    }

    private static List<Map.Entry<String, JsonNode>> servers(TestCase testCase) {
        return testCase.servers()
                .map(session -> List.copyOf(session.path("servers").properties()))
                .orElse(List.of());
    }

    /** After a 101 nothing is sent and the client has to go: it is the answer that it must refuse. */
    private static boolean failsHandshake(JsonNode scenario) {
        return scenario.path("handshake").path("status").asInt(101) == 101
                && scenario.path("frames").path(0).path("op").asText().equals("expect-failed");
    }

    /** What the server has sent is the kit's own doing: it decides whether the case shows something, and is no finding. */
    @Test
    void aCheckOverWhatTheServerHasSentIsNoFindingAboutTheClient() throws Exception {
        for (CaseFile file : CaseSource.shipped()) {
            String source = file.source();
            if (source.contains("w:sent_")) {
                assertThat(source).as(file.path()).contains("w:server_did(");
            }
            assertThat(source).as(file.path()).doesNotContain("messages of the server\")");
        }
    }
}
