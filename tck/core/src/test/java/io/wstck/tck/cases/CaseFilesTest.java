package io.wstck.tck.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.catalogue.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An error in a case file is one sentence with its file and line. */
class CaseFilesTest {
    private static final String GOOD = """
            case "sum.right" {
              clause = "module.load",
              title = "one and one is two",
              client = function(t) t:equal(2, 1 + 1) end,
            }
            """;

    private static ClauseCatalogue clauses;

    @TempDir
    private Path folder;

    @BeforeAll
    static void loadTheClauses() {
        clauses = ClauseCatalogue.load();
    }

    @Test
    void aValidFileIsReadWithPositionsAndDefaults() throws Exception {
        write("api/sums.lua", "-- sums\n" + GOOD);

        TestCase testCase = load().getFirst();

        assertThat(testCase.id()).isEqualTo("sum.right");
        assertThat(testCase.position()).isEqualTo(new Position("api/sums.lua", 2));
        assertThat(testCase.clause().id()).isEqualTo("module.load");
        assertThat(testCase.level()).isEqualTo(Level.MUST);
        assertThat(testCase.servers()).isEmpty();
        assertThat(testCase.limit()).isEqualTo(Duration.ofSeconds(10));
        assertThat(testCase.weight()).isEqualTo(TestCase.Weight.LIGHT);
        assertThat(testCase.needs()).isEmpty();
        assertThat(testCase.wireChecked()).isFalse();
    }

    @Test
    void onlyLuaFilesAreReadInTheOrderOfTheirPaths() throws Exception {
        write("b.lua", GOOD);
        write("a/z.lua", GOOD.replace("right", "zebra"));
        write("notes.txt", "no Lua at all");

        assertThat(load()).extracting(TestCase::id).containsExactly("sum.zebra", "sum.right");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "clause = \"module.load\", | | clause: expected the id of the clause it tests, got nothing",
                "\"module.load\" | \"no.such\" | expected a clause of the catalogue, got \"no.such\"",
                "\"module.load\" | 7 | clause: expected a string, got a number",
                "\"sum.right\" | \"Sum Right\" | expected a case id such as \"close.default-code\", got \"Sum Right\"",
                "title = | cluase = 1, title = | got \"cluase\"; did you mean \"clause\"?",
                "\"module.load\" | \"module.laod\" | got \"module.laod\"; did you mean \"module.load\"?",
                "title = | server = script { expect.close { cod = 1 } }, title = | frames[0].cod: unknown field; expected"
                        + " one of [answer, code, codes, empty, op, reason, within]; did you mean \"code\"?",
                "title = | server = echo { protocl = 'x' }, title = | ; did you mean \"protocol\"?",
                "title = | titel = | expected fields out of [cause, clause, client, heavy, level, limit, needs, overtime, server, servers, title,",
                "title = \"one and one is two\", | | title: expected a sentence that says the behaviour, got nothing",
                "client = | wire = | client: expected a function, got a nil",
                "title = | wire = 3, title = | wire: expected a function, got a number",
                "title = | server = echo, servers = { a = echo }, title = | expected server or servers, got both",
                "title = | server = 5, title = | server: expected a scenario (echo, script { … }, tcp { … }), got a number",
                "title = | server = script { send.text { \"abc\", fragments = { 1, 1 } } }, title = | servers.main.frames[0].fragments",
                "title = | servers = { a = script { fence { colour = 1 } } }, title = | servers.a.frames[0]",
                "title = | unreached = { \"main\" }, title = | unreached: expected servers in the case, got none",
                "title = | server = echo, unreached = { \"other\" }, title = | unreached: expected the name of a server of the case, got \"other\"",
                "title = | server = echo, unreached = { \"main\" }, title = | expected a server that the client has to reach, got only unreached",
                "title = | server = script { listener = \"unreachable\" }, title = | expected a server that the client has to reach, got only unreached",
                "title = | server = endpoint \"/nowhere\", title = | servers.main.endpoint: expected an endpoint of the server, got /nowhere:",
                "title = | servers = { a = endpoint \"/chat?colour=red\" }, title = | servers.a.endpoint: expected an endpoint of the server,",
                "title = | server = script { send.text(print) }, title = | expected a string or a table, got function",
                "title = | level = \"may\", title = | expected a level that the clause module.load has (must), got \"may\"",
                "title = | level = \"nice\", title = | expected a level (must, rfc, should, may), got \"nice\"",
                "title = | limit = \"soon\", title = | limit: ",
                "title = | limit = \"0s\", title = | limit: expected a duration above zero, got 0 ms",
                "title = | overtime = \"may\", title = | overtime: expected \"should\" or nothing, got \"may\"",
                "title = | heavy = true, waits = true, title = | expected heavy or waits, got both",
                "title = | heavy = \"false\", title = | heavy: expected true or false, got \"false\"",
                "title = | waits = 1, title = | waits: expected true or false, got a number",
                "title = | tolerates = { \"no-such-rule\" }, title = | tolerates: expected a rule (handshake-request, unmasked-frame,",
                "title = | tolerates = { \"reserved-bits\", close = true }, title = | tolerates: expected a list of words, got the key \"close\" in it",
                "title = | needs = \"ping\", title = | needs: expected a list of words, got \"ping\"",
                "title = | needs = { \"ping\", \"wings\" }, title = | needs: expected a capability (headers, subprotocols, compression,",
                "title = | tolerates = { {} }, title = | tolerates: expected a list of words, got a table in it",
            })
    void aWrongFieldIsOneSentenceWithThePositionOfTheCase(String part, String instead, String sentence)
            throws Exception {
        String text = GOOD.replace(part, instead == null ? "" : instead);
        assertThat(text).isNotEqualTo(GOOD);
        write("bad.lua", "\n" + text);

        assertThatThrownBy(this::load)
                .isInstanceOf(CaseFileException.class)
                .message()
                .matches("bad\\.lua:[2-6]: .*")
                .contains(sentence)
                .doesNotContain("\n");
    }

    @Test
    void aFileThatDoesNotParseNamesItsLine() throws Exception {
        write("bad.lua", GOOD + "\ncase \"x\" {{\n");

        assertThatThrownBy(this::load)
                .isInstanceOf(CaseFileException.class)
                .message()
                .matches("bad\\.lua:[78]: expected Lua 5\\.1, got: .+");
    }

    @Test
    void aFileThatRaisesAnErrorNamesItsLine() throws Exception {
        write("bad.lua", GOOD + "error(\"no luck\")\n");

        assertThatThrownBy(this::load)
                .isInstanceOf(CaseFileException.class)
                .hasMessage("bad.lua:6: expected data and functions, got an error: no luck");
    }

    @Test
    void aRepeatedIdInOneFileNamesBothPositions() throws Exception {
        write("twice.lua", GOOD + GOOD);

        assertThatThrownBy(this::load)
                .isInstanceOf(CaseFileException.class)
                .hasMessage("twice.lua:6: expected a unique id, got \"sum.right\", which is also at twice.lua:1");
    }

    @Test
    void aRepeatedIdInTwoFilesNamesBothPositions() throws Exception {
        write("a.lua", GOOD);
        write("b.lua", "\n" + GOOD);

        assertThatThrownBy(this::load)
                .isInstanceOf(CaseFileException.class)
                .hasMessage("b.lua:2: expected a unique id, got \"sum.right\", which is also at a.lua:1");
    }

    @Test
    void aFileThatNeverEndsIsStoppedAtItsLine() throws Exception {
        write("endless.lua", GOOD + "while true do\nend\n");
        List<CaseFile> files = CaseSource.folder(folder);

        assertThatThrownBy(() -> CaseCatalogue.load(clauses, files, Duration.ofSeconds(2)))
                .isInstanceOf(CaseFileException.class)
                .message()
                .matches("endless\\.lua:[67]: expected data and functions, got an error: "
                        + "the file was still running after 2000 ms of processor time");
    }

    @Test
    void aFileThatFillsTheMemoryIsAnErrorOfTheFile() throws Exception {
        write("hog.lua", "local s = \"x\"\nwhile true do s = s .. s end\n");

        assertThatThrownBy(this::load)
                .isInstanceOf(CaseFileException.class)
                .message()
                .startsWith("hog.lua:2: expected data and functions, got an error: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"while true do end", "error('boo')", "return 'text'"})
    void aTableWithAnIndexMetamethodIsRejected(String answer) throws Exception {
        String lazy =
                "setmetatable({}, { __index = function() " + answer + " end, __len = function() " + answer + " end })";
        write("lazy.lua", "case 'x.y' (" + lazy + ")\n");
        assertRefused("lazy.lua:1: case \"x.y\": expected a plain table, got one with a metatable that has an __index");
        write("lazy.lua", GOOD.replace("title", "servers = " + lazy + ", title"));
        assertRefused("lazy.lua:2: servers: expected a plain table, got one with a metatable that has an __index");
        write("lazy.lua", GOOD.replace("title", "needs = " + lazy + ", title"));
        assertRefused("lazy.lua:2: needs: expected a plain table, got one with a metatable that has an __index");
        write("lazy.lua", GOOD.replace("title", "server = { frames = " + lazy + " }, title"));
        assertRefused(
                "lazy.lua:2: server: frames: expected a plain table, got one with a metatable that has an __index");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::load)
                .isInstanceOf(CaseFileException.class)
                .message()
                .matches(text -> text.replaceFirst(":\\d:", ":").equals(message.replaceFirst(":\\d:", ":")), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"while true do end", "error('boo')", "return nil"})
    void anErrorWithoutATextIsAnErrorOfTheFile(String text) throws Exception {
        write("mute.lua", "error(setmetatable({}, { __tostring = function() " + text + " end }))\n");
        List<CaseFile> files = CaseSource.folder(folder);

        assertThatThrownBy(() -> CaseCatalogue.load(clauses, files, Duration.ofSeconds(2)))
                .isInstanceOf(CaseFileException.class)
                .message()
                .startsWith("mute.lua:1: expected data and functions, got an error: ");
    }

    @Test
    void aFileThatIsStoppedBeforeItsFirstLineIsNamed() throws Exception {
        write("endless.lua", "while true do end\n");
        List<CaseFile> files = CaseSource.folder(folder);

        // The time limit ends at once, usually while the kit's own Lua runs.
        for (int attempt = 0; attempt < 20; attempt++) {
            assertThatThrownBy(() -> CaseCatalogue.load(clauses, files, Duration.ofNanos(1)))
                    .isInstanceOf(CaseFileException.class)
                    .message()
                    .startsWith("endless.lua")
                    .matches(".*the file was still running after 0 ms( of processor time)?");
        }
    }

    @Test
    void aScenarioThatContainsItselfIsAnErrorOfTheCase() throws Exception {
        write("loop.lua", "local s = script {}\ns.handshake = s\n" + GOOD.replace("title", "server = s, title"));

        assertThatThrownBy(this::load)
                .isInstanceOf(CaseFileException.class)
                .message()
                .startsWith("loop.lua:3: server: handshake.handshake.")
                .endsWith("expected at most 32 levels, got more");
    }

    @Test
    void filesDoNotShareGlobals() throws Exception {
        write("a.lua", "leak = \"leaked\"\n" + GOOD);
        write("b.lua", "if leak then error(leak) end\n" + GOOD.replace("right", "other"));

        assertThat(load()).hasSize(2);
    }

    @Test
    void aPatternThatMatchesNothingIsOneSentence() throws Exception {
        write("a.lua", GOOD);
        List<TestCase> cases = load();

        assertThatThrownBy(() -> new Selection(List.of("sum.*", "no.such*"), List.of(), Set.of()).select(cases))
                .isInstanceOf(NothingSelectedException.class)
                .hasMessage(
                        "--only: expected a pattern that matches a case or clause id, got \"no.such*\", which matches none");
        assertThat(new Selection(List.of("module.lo?d"), List.of(), Set.of()).select(cases))
                .isEqualTo(cases);
    }

    private List<TestCase> load() throws IOException, CaseFileException {
        return CaseCatalogue.load(clauses, CaseSource.folder(folder)).cases();
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
