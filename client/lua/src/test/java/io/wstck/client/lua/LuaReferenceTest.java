package io.wstck.client.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.ConnectOptions;
import io.wstck.client.WebSocketClient;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.lua.host.LuaHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** docs/lua.md lists the options, constants, kinds and functions that the code has, and no others. */
@Timeout(60)
class LuaReferenceTest {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "lua.md");
    private static final Pattern CALL = Pattern.compile("`(\\w+)([.:])(\\w+)[({].*");

    private PlainServer server;
    private WebSocketClient client;
    private LuaSession session;

    @BeforeEach
    void open() throws IOException {
        server = new PlainServer();
        client = WebSocketClient.create();
        session = LuaHost.builder()
                .module(new WebSocketModule(() -> Optional.of(new ExecutionContext(client))))
                .build()
                .open();
    }

    @AfterEach
    void close() throws IOException {
        session.close();
        client.close();
        server.close();
    }

    @Test
    void theOptionsAreThoseThatTheClientReads() throws IOException {
        assertThat(firstCells("options")).containsExactlyElementsOf(quoted(OptionTable.names()));
    }

    @Test
    void theDefaultsAndRangesOfTheOptionsAreThoseOfTheClient() throws IOException {
        ConnectOptions defaults = ConnectOptions.defaults();
        String longest = "`" + ConnectOptions.MAX_TIMEOUT.toHours() + "h`";

        assertThat(option("dial_timeout")).contains("`" + ConnectOptions.DEFAULT_DIAL_TIMEOUT.toSeconds() + "s`");
        assertThat(List.of(option("dial_timeout"), option("read_timeout"), option("write_timeout")))
                .allSatisfy(row -> assertThat(row.get(4)).endsWith("up to " + longest));
        assertThat(option("compression_threshold").subList(3, 5))
                .containsExactly(
                        "" + defaults.compressionThreshold(),
                        "0 to " + ConnectOptions.MAX_COMPRESSION_THRESHOLD + " (100 MiB)");
        assertThat(option("read_limit").subList(3, 5))
                .containsExactly(
                        defaults.readLimit() + " (32 MiB)",
                        "0 to " + ConnectOptions.MAX_READ_LIMIT + " (128 MiB); 0 means the default");
        assertThat(option("channel_capacity").subList(3, 5))
                .containsExactly("" + defaults.channelCapacity(), "1 to " + ConnectOptions.MAX_CHANNEL_CAPACITY);
        assertThat(option("compression").subList(3, 5))
                .containsExactly("" + WebSocketConstants.number(defaults.compression()), "0 to 2");
    }

    @Test
    void theConstantsHaveTheValuesOfTheModule() throws Exception {
        Map<String, String> documented = rows("constants").stream()
                .collect(Collectors.toMap(
                        row -> row.getFirst().replace("`", ""),
                        row -> row.get(1).replace("\"", "")));

        assertThat(documented).isEqualTo(constants("", (LuaTable) value("require('websocket')")));
    }

    @Test
    void theConstantsOfTheModuleTimeAreNamed() throws Exception {
        Set<String> constants = constants("", (LuaTable) value("time")).keySet();

        assertThat(constants).isNotEmpty();
        assertThat(Files.readString(DOCUMENT)).contains(quoted(constants));
    }

    @Test
    void theKindsAreThoseOfTheModuleErrors() throws Exception {
        List<String> words =
                Arrays.stream(ErrorKind.values()).map(ErrorKind::word).toList();

        assertThat(rows("kinds").stream().map(List::getFirst))
                .containsExactlyInAnyOrderElementsOf(
                        words.stream().map(word -> "`errors." + word + "`").toList());
        assertThat(constants("", (LuaTable) value("errors"))).containsOnlyKeys(words);
    }

    @Test
    void theFunctionsOfTheModulesAreThoseThatTheyHave() throws Exception {
        for (String module : List.of("channel", "time", "json", "errors")) {
            assertThat(documented("functions", module, ".")).as(module).isEqualTo(functions(value(module)));
        }
        assertThat(documented("", "websocket", ".")).isEqualTo(functions(value("require('websocket')")));
    }

    @Test
    void theMethodsAreThoseThatTheValuesHave() throws Exception {
        String connect = "(require('websocket').connect('" + server.url() + "'))";

        assertThat(documented("", "client", ":")).isEqualTo(methods(value(connect)));
        assertThat(documented("functions", "ch", ":")).isEqualTo(methods(value("channel.new()")));
        assertThat(documented("", "err", ":")).isEqualTo(methods(value("errors.new('x')")));
    }

    private LuaValue value(String expression) throws Exception {
        return session.run(LuaScript.compile("test.lua", "return " + expression))
                .arg1();
    }

    private static Map<String, String> constants(String prefix, LuaTable table) {
        Map<String, String> constants = new TreeMap<>();
        for (Varargs entry = table.next(LuaValue.NIL); !entry.isnil(1); entry = table.next(entry.arg1())) {
            String name = prefix + entry.arg1().tojstring();
            if (entry.arg(2) instanceof LuaTable inner) {
                constants.putAll(constants(name + ".", inner));
            } else if (!(entry.arg(2) instanceof LuaFunction)) {
                constants.put(name, LuaStrings.show(entry.arg(2)));
            }
        }
        return constants;
    }

    private static Set<String> methods(LuaValue userdata) {
        return functions(((LuaUserdata) userdata).m_metatable.rawget(LuaValue.INDEX));
    }

    private static Set<String> functions(LuaValue table) {
        Set<String> names = new TreeSet<>();
        for (Varargs entry = table.next(LuaValue.NIL); !entry.isnil(1); entry = table.next(entry.arg1())) {
            if (entry.arg(2) instanceof LuaFunction) {
                names.add(entry.arg1().tojstring());
            }
        }
        return names;
    }

    /** The functions that first cells of a table, or of all tables, show as calls on that value. */
    private static Set<String> documented(String table, String value, String separator) throws IOException {
        List<List<String>> rows =
                table.isEmpty() ? rows(Files.readString(DOCUMENT).lines().toList()) : rows(table);
        return rows.stream()
                .map(row -> CALL.matcher(row.getFirst()))
                .filter(call -> call.matches()
                        && call.group(1).equals(value)
                        && call.group(2).equals(separator))
                .map(call -> call.group(3))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> quoted(Set<String> names) {
        return names.stream().map(name -> "`" + name + "`").toList();
    }

    private static List<String> option(String name) throws IOException {
        return rows("options").stream()
                .filter(row -> row.getFirst().equals("`" + name + "`"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a row of " + name));
    }

    private static List<String> firstCells(String table) throws IOException {
        return rows(table).stream().map(List::getFirst).toList();
    }

    /** The rows of the table between two marks, without its head. */
    private static List<List<String>> rows(String table) throws IOException {
        String document = Files.readString(DOCUMENT);
        MatchResult marked = Pattern.compile(
                        "<!-- " + table + ": begin -->(.*)<!-- " + table + ": end -->", Pattern.DOTALL)
                .matcher(document)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected the marks of the table " + table));
        List<List<String>> rows = rows(marked.group(1).lines().toList());
        return rows.subList(2, rows.size());
    }

    private static List<List<String>> rows(List<String> lines) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("| ") || line.startsWith("|-")) {
                rows.add(Arrays.stream(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|"))
                        .map(String::strip)
                        .toList());
            }
        }
        return rows;
    }
}
