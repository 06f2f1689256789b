package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.WebSocketClient;
import io.wstck.client.lua.ExecutionContext;
import io.wstck.client.lua.WebSocketModule;
import io.wstck.client.security.Policy;
import io.wstck.client.security.Rule;
import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaSyntaxException;
import io.wstck.lua.host.LuaHost;
import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.ClauseCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The snippets of docs/lua.md print what they promise, and its statements link the clauses. */
@Timeout(120)
class LuaDocTest {
    private static final Pattern SNIPPET =
            Pattern.compile("(?:<!-- run: (?<setting>[^\n]*) -->\n\n)?```lua\n(?<source>.*?)```", Pattern.DOTALL);

    private static final Pattern LINK = Pattern.compile("\\[([a-z0-9-]+(?:\\.[a-z0-9-]+)+)](?![:(])");
    private static final Pattern TARGET =
            Pattern.compile("^\\[([a-z0-9.-]+)]: spec\\.md#([a-z0-9.-]+)$", Pattern.MULTILINE);
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([a-z0-9.-]+)\"></a>");

    private static ReferenceServer server;
    private static String document;

    @BeforeAll
    static void start() throws IOException {
        document = Files.readString(Example.ROOT.resolve("docs/lua.md"));
        server = ReferenceServer.start(ServerConfig.loopback());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> eachSnippetPrintsItsOutput() {
        assertThat(SNIPPET.matcher(document).results()).hasSizeGreaterThan(15);
        return SNIPPET.matcher(document).results().map(found -> {
            int line = document.substring(0, found.start("source")).split("\n", -1).length;
            String name = "lua.md:" + line;
            return DynamicTest.dynamicTest(
                    name,
                    () -> assertPrints(
                            Example.of(name, found.group("source")),
                            Optional.ofNullable(found.group("setting")).orElse("")));
        });
    }

    private static void assertPrints(Example snippet, String setting) throws LuaSyntaxException {
        try (WebSocketClient client =
                WebSocketClient.builder().policy(policy(setting)).build()) {
            Optional<ExecutionContext> context =
                    setting.equals("without a context") ? Optional.empty() : Optional.of(new ExecutionContext(client));
            StringBuilder printed = new StringBuilder();
            LuaHost host = LuaHost.builder()
                    .module(new WebSocketModule(() -> context))
                    .output(line -> printed.append(line).append('\n'))
                    .build();
            try (LuaSession session = host.open()) {
                session.run(LuaScript.compile(snippet.name(), Example.at(server.base(), snippet.source())));
            } catch (LuaFailure e) {
                printed.append(e.getMessage()).append('\n').append(e.traceback());
            }
            assertThat(printed.toString()).isEqualTo(Example.at(server.base(), snippet.output()));
        }
    }

    /** The policy of a comment such as {@code run: deny websocket.connect}, before a snippet. */
    private static Policy policy(String setting) {
        List<String> words = List.of(Example.at(server.base(), setting).split(" "));
        return words.getFirst().equals("deny")
                ? Policy.allowAll().with(Rule.deny(words.get(1), words.size() > 2 ? words.get(2) : "*"))
                : Policy.allowAll();
    }

    @Test
    void thePageBeginsWithAnExampleAndItsOutput() throws IOException {
        Example first = Example.in("lua", "echo.lua").getFirst();

        assertThat(document).contains(first.consoleBlock());
    }

    @Test
    void eachLinkToAClauseHasItsTarget() throws IOException {
        Set<String> linked = LINK.matcher(document)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> defined = new TreeSet<>();
        for (Matcher target = TARGET.matcher(document); target.find(); ) {
            assertThat(target.group(2)).isEqualTo(target.group(1));
            defined.add(target.group(1));
        }

        assertThat(defined).isEqualTo(linked);
        assertThat(anchors()).containsAll(defined);
    }

    @Test
    void eachClauseOfTheDocumentedApiIsLinked() {
        List<String> documented = ClauseCatalogue.load().clauses().stream()
                .filter(clause -> !clause.section().matches("(Protocol|Web):.*"))
                .map(Clause::id)
                .toList();

        assertThat(documented).hasSizeGreaterThan(90);
        assertThat(TARGET.matcher(document).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void eachOptionIsUsedByAnExampleOrASnippet() throws IOException {
        String code = SNIPPET.matcher(document)
                        .results()
                        .map(found -> found.group("source"))
                        .collect(Collectors.joining())
                + Example.in("lua", ".lua").stream().map(Example::source).collect(Collectors.joining());
        Matcher options = Pattern.compile("<!-- options: begin -->(.*)<!-- options: end -->", Pattern.DOTALL)
                .matcher(document);
        assertThat(options.find()).isTrue();

        List<String> names = Pattern.compile("^\\| `(\\w+)`", Pattern.MULTILINE)
                .matcher(options.group(1))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(names).hasSize(9).allSatisfy(name -> assertThat(code).containsPattern("\\b" + name + " = "));
    }

    private static Set<String> anchors() throws IOException {
        return ANCHOR.matcher(Files.readString(Example.ROOT.resolve("docs/spec.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
