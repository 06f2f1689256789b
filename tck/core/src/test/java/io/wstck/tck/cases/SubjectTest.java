package io.wstck.tck.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.tck.catalogue.ClauseCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shipped cases test their subject and nothing else. */
class SubjectTest {
    private static List<TestCase> cases;

    @BeforeAll
    static void load() throws Exception {
        cases = CaseCatalogue.load(ClauseCatalogue.load(), CaseSource.shipped()).cases();
    }

    /** A pool of the client could give the refused connection to the next case if both had the same address. */
    @Test
    void aServerWhoseResponseMustBeRefusedHasItsOwnListener() {
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
                .map(servers -> List.copyOf(servers.json().path("servers").properties()))
                .orElse(List.of());
    }

    /** After a 101 the server sends nothing and the client must leave: it must refuse the response. */
    private static boolean failsHandshake(JsonNode scenario) {
        return scenario.path("handshake").path("status").asInt(101) == 101
                && scenario.path("frames").path(0).path("op").asText().equals("expect-failed");
    }

    /**
     * Traffic of the server comes from the kit itself. It decides whether the case can show anything, and is no
     * finding.
     */
    @Test
    void aCheckOfTheServersTrafficIsNoFindingAboutTheClient() throws Exception {
        for (CaseFile file : CaseSource.shipped()) {
            String source = file.source();
            if (source.contains("w:sent_")) {
                assertThat(source).as(file.path()).contains("w:server_did(");
            }
            assertThat(source).as(file.path()).doesNotContain("messages of the server\")");
        }
    }
}
