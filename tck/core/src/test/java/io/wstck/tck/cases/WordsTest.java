package io.wstck.tck.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.lua.LuaSession;
import io.wstck.lua.host.LuaHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the JSON form that the words of case files produce (docs/cases.md, docs/scenarios.md). */
class WordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "send.text { 'x', compress = true } | {'op':'send-message','type':'text','data':'eA==','compress':true}",
                "send.binary { 'x', compress = {}, fragment_size = 1 }"
                        + " | {'op':'send-message','type':'binary','data':'eA==','compress':{},'fragment_size':1}",
                "send.text { 'x', compress = { blocks = 'stored', block_size = 7, final = true } }"
                        + " | {'op':'send-message','type':'text','data':'eA==',"
                        + "'compress':{'blocks':'stored','block_size':7,'final':true}}",
                "send.until_blocked { 'x', type = 'binary', size = 65536, numbered = true }"
                        + " | {'op':'send-until-blocked','data':'eA==','type':'binary','size':65536,'numbered':true}",
                "send.bytes_until_blocked { 'x', size = 65536, limit = 1000000 }"
                        + " | {'op':'send-bytes-until-blocked','data':'eA==','size':65536,'limit':1000000}",
                "signal 'go' | {'op':'signal','name':'go'}",
                "await 'go' | {'op':'await','name':'go'}",
                "await { 'go', within = 2000 } | {'op':'await','name':'go','within':2000}",
                "expect.message { 'x', compressed = true, alone = false }"
                        + " | {'op':'expect-message','data':'eA==','compressed':true,'alone':false}",
                "expect.message() | {'op':'expect-message'}",
            })
    void aStepIsOneJsonObject(String lua, String json) throws Exception {
        assertScenario("script { " + lua + " }", "{'frames':[" + json + "]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "echo | {'frames':[{'op':'echo'}]}",
                "echo { protocol = 'first' } | {'handshake':{'protocol':'first'},'frames':[{'op':'echo'}]}",
                "echo { deflate = { server_max_window_bits = 9 } }"
                        + " | {'handshake':{'deflate':{'server_max_window_bits':9}},'frames':[{'op':'echo'}]}",
                "echo { tls = 'trusted' } | {'listener':'own','tls':'trusted','frames':[{'op':'echo'}]}",
                "echo { deflate = true, tls = 'expired' }"
                        + " | {'listener':'own','tls':'expired','handshake':{'deflate':true},'frames':[{'op':'echo'}]}",
                "echo { listener = 'own' } | {'listener':'own','frames':[{'op':'echo'}]}",
                "script { tls = 'wrong-host', fence() }"
                        + " | {'listener':'own','tls':'wrong-host','frames':[{'op':'fence'}]}",
                "tcp { tls = 'none', hang() } | {'listener':'own','tls':'none','tcp':[{'op':'hang'}]}",
                "script { listener = 'unreachable' } | {'listener':'unreachable'}",
                "endpoint '/chat?x=y' | {'endpoint':'/chat?x=y'}",
            })
    void aServerIsOneJsonObject(String lua, String json) throws Exception {
        assertScenario(lua, json);
    }

    @Test
    void aScenarioThatIsUsedTwiceIsTheSameTwice() throws Exception {
        assertScenario(
                "(function() local first = echo { tls = 'trusted' } return echo end)()", "{'frames':[{'op':'echo'}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "signal() | expected a name, got nil",
                "await { within = 5 } | expected a name, got nil",
                "echo 'first' | expected a table, got string",
                "endpoint {} | expected the path of an endpoint, got table",
                "send.close { code = 1000 } | expected { code, reason } or { payload = … }, got the field code",
                "send.until_blocked(7) | expected a string or a table, got number",
            })
    void aWordWithAWrongArgumentNamesTheLine(String lua, String sentence) {
        assertThatThrownBy(() -> assertScenario("script { " + lua + " }", "{}"))
                .isInstanceOf(CaseFileException.class)
                .hasMessageStartingWith("words.lua:2: ")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "script { sned.text 'x' } | unknown word \"sned\"; did you mean \"send\"?",
                "script { send.txet 'x' } | unknown step \"send.txet\"; did you mean \"send.text\"?",
                "script { expect.clos() } | unknown step \"expect.clos\"; did you mean \"expect.close\"?",
                "script { fenc() } | unknown word \"fenc\"; did you mean \"fence\"?",
                "script(function() return { paus '1ms' } end) | unknown word \"paus\"; did you mean \"pause\"?",
                "ecko | unknown word \"ecko\"; did you mean \"echo\"?",
                "script { send.frobnicate() } | unknown step \"send.frobnicate\"",
                "frobnicate { } | attempt to call global 'frobnicate' (a nil value)",
            })
    void aMistypedWordIsNamedWithTheNearestOne(String lua, String sentence) {
        assertThatThrownBy(() -> assertScenario(lua, "{}"))
                .isInstanceOf(CaseFileException.class)
                .hasMessageStartingWith("words.lua:2: ")
                .hasMessageEndingWith(sentence);
    }

    private static void assertScenario(String lua, String json) throws Exception {
        CaseFile file = CaseFile.of("words.lua", "case \"one\" {\n server = " + lua + "}");
        try (LuaSession session = LuaHost.builder().build().open()) {
            CaseDeclaration declaration = CaseDeclaration.all(session, file).getFirst();
            JsonMapper mapper = new JsonMapper();
            String made = ScenarioJson.of(declaration.fields().get("server").checktable())
                    .toString();
            assertThat(mapper.readTree(made)).isEqualTo(mapper.readTree(json.replace('\'', '"')));
        }
    }
}
