package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.machine.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command lua against the reference server. */
@Timeout(60)
class LuaTest {
    private static ReferenceServer server;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeAll
    static void startTheServer() throws IOException {
        server = ReferenceServer.start(new ServerConfig("127.0.0.1", 0, OptionalInt.of(0)));
    }

    @AfterAll
    static void closeTheServer() {
        server.close();
    }

    @BeforeEach
    void openAShell() {
        shell = new Shell(folder);
    }

    private static String url(String path) {
        return "ws://" + server.base().getAuthority() + path;
    }

    private static String connect(String path, String options) {
        return "require('websocket').connect('" + url(path) + "'" + options + ")";
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aScriptHasItsArgumentsAsInLuaAndPrintsToTheStandardOutput() throws IOException {
        write("words.lua", "print(arg[0], arg[1], arg[2], #arg, ...)");

        int status = shell.run("lua", "words.lua", "one", "--trace");

        assertThat(shell.out()).isEqualTo("words.lua\tone\t--trace\t2\tone\t--trace\n");
        assertThat(shell.err()).isEmpty();
        assertThat(status).isZero();
    }

    @Test
    void chunksRunBeforeTheFileInOneSession() throws IOException {
        write("last.lua", "print(a + b)");

        int status = shell.run("lua", "-e", "a = 1", "-e", "b = a + 1", "last.lua");

        assertThat(shell.out()).isEqualTo("3\n");
        assertThat(status).isZero();
    }

    @Test
    void aFailedChunkEndsTheCommandAndIsNamed() throws IOException {
        write("last.lua", "print('never')");

        assertThat(shell.run("lua", "-e", "return nil, 'no luck'", "last.lua")).isEqualTo(1);
        assertThat(shell.err()).isEqualTo("wstck: (command line): no luck\n");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void aScriptHasTheDocumentedModulesAndCannotEndTheProcess() {
        shell.run("lua", "-e", """
                local names = {}
                for _, name in ipairs { "websocket", "channel", "time", "json", "errors" } do
                  names[#names + 1] = type(require(name))
                end
                print(table.concat(names, " "), os.exit, io, luajava)
                """);

        assertThat(shell.out()).matches("((userdata|table) ?){5}\tnil\tnil\tnil\n");
    }

    @Test
    void aFirstLineForTheShellIsACommentAndLinesStayAsTheyAre() throws IOException {
        write("run.lua", "#!/usr/bin/env wstck\nerror('here')");

        assertThat(shell.run("lua", "run.lua")).isEqualTo(1);
        assertThat(shell.err()).isEqualTo("wstck: run.lua:2: here\n");
    }

    @Test
    void aScriptTalksToTheServer() {
        int status = shell.run("lua", "-e", "local client, err = " + connect("/echo", "") + """
                if err then return nil, err end
                client:send("hello")
                print(client:channel():receive().data)
                print(client:close())
                """);

        assertThat(shell.out()).isEqualTo("hello\ntrue\tnil\n");
        assertThat(shell.err()).isEmpty();
        assertThat(status).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "error('boom') | 1 | (command line):1: boom",
                "error({}) | 1 | (command line):1: table: ",
                "local x = nil; x.y = 1 | 1 | (command line):1: attempt to index local 'x' (a nil value)",
                "return nil, 'no luck' | 1 | (command line): no luck",
                "return false, require('errors').new('no luck') | 1 | (command line): UNKNOWN: no luck",
                "return require('websocket').connect('http://a/') | 1 | (command line): INVALID: ",
                "print( | 2 | (command line):1: ",
                "local function f() return 1 + f() end f() | 1 | (command line):1: stack overflow",
            })
    void aFailedScriptIsOneSentenceWithItsLine(String chunk, int status, String sentence) {
        assertThat(shell.run("lua", "-e", chunk)).isEqualTo(status);
        assertThat(shell.err()).startsWith("wstck: " + sentence).hasLineCount(1);
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lua no.lua | expected a Lua script at no.lua, found no file",
                "lua . | cannot read .: Is a directory",
                "lua bytes.lua | bytes.lua: expected a Lua script in UTF-8, found bytes that are not",
                "lua syntax.lua | syntax.lua:2: ",
                "lua --deny websocket.open -e x=1 | --deny: expected websocket.connect or websocket.connect.url, got \"websocket.open\"",
                "lua --allow websocket.connect=ws://a/ -e x=1 | --allow: websocket.connect has no resource, got \"ws://a/\"",
                "lua --deny websocket.connect.url=a.example -e x=1 | --deny: expected a ws:// or wss:// URL",
                "lua --policy no.yaml -e x=1 | --policy: expected a list of rules at no.yaml, found no file",
                "lua --policy typo.yaml -e x=1 | --policy: typo.yaml:3: expected the fields effect, action and resource, found \"resorce\"",
                "lua --policy effect.yaml -e x=1 | --policy: effect.yaml:1: effect: expected allow or deny, found \"forbid\"",
                "lua --policy action.yaml -e x=1 | --policy: action.yaml:1: expected websocket.connect or websocket.connect.url, got \"connect\"",
                "lua --policy none.yaml -e x=1 | --policy: none.yaml:1: effect: expected allow or deny, found none",
                "lua --policy text.yaml -e x=1 | --policy: text.yaml:1: expected a list of rules",
                "lua --policy broken.yaml -e x=1 | --policy: broken.yaml:2: expected YAML, ",
                "lua --trust no.pem -e x=1 | --trust: expected certificates in PEM at ",
                "lua --trust typo.yaml -e x=1 | --trust: trust file ",
                "lua --time-limit soon -e x=1 | expected a number of milliseconds",
                "lua --time-limit 0s -e x=1 | expected a duration longer than zero, got \"0s\"",
                "lua --memory-limit 0 -e x=1 | expected a number of bytes, or one of KiB, MiB or GiB such as 64MiB, got \"0\"",
                "lua --colour -e x=1 | Unknown option: '--colour'",
            })
    void aWrongCommandLineOrFileIsOneSentenceAndNothingIsRun(String line, String sentence) throws IOException {
        Files.write(folder.resolve("bytes.lua"), new byte[] {'-', '-', (byte) 0xFF});
        write("syntax.lua", "print('never')\nfor x");
        write("typo.yaml", "- effect: deny\n  action: websocket.connect.url\n  resorce: ws://a/\n");
        write("effect.yaml", "- effect: forbid\n  action: websocket.connect\n");
        write("action.yaml", "- {effect: deny, action: connect}\n");
        write("none.yaml", "- {action: websocket.connect}\n");
        write("text.yaml", "deny everything\n");
        write("broken.yaml", "- effect: deny\n - action\n");

        int status = shell.run(line.split(" "));

        assertThat(shell.err()).startsWith("wstck: ").contains(sentence).hasLineCount(1);
        assertThat(status).isEqualTo(2);
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--deny websocket.connect | /echo | denied",
                "--deny websocket.connect.url=URL/echo | /echo | denied",
                "--deny websocket.connect.url=URL/echo | /echo?deflate=off | open",
                "--deny websocket.connect.url=URL/ec* | /echo?deflate=off | denied",
                "--deny websocket.connect.url=URL/ec* | /chat | open",
                "--allow websocket.connect.url=URL/ec* | /echo | open",
                "--allow websocket.connect.url=URL/ec* | /chat | denied",
                "--allow websocket.connect.url=URL/* --deny websocket.connect.url=URL/echo | /echo | denied",
                "--allow websocket.connect | /echo | open",
                "--policy rules.yaml | /echo | denied",
                "--policy rules.yaml | /chat | open",
            })
    void rulesDecideWhichConnectionsAScriptMayOpen(String options, String path, String expected) throws IOException {
        write("rules.yaml", "- effect: deny\n  action: websocket.connect.url\n  resource: " + url("/ech*") + "\n");
        String[] line = ("lua " + options.replace("URL", url("")) + " -e CHUNK").split(" ");
        line[line.length - 1] = "local client, err = " + connect(path, "")
                + " print(client and 'open' or require('errors').is(err, require('errors').PERMISSION_DENIED)"
                + " and 'denied')";

        shell.run(line);

        assertThat(shell.out()).isEqualTo(expected + "\n");
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void aDeniedConnectionDialsNothing() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String denied = "ws://127.0.0.1:" + socket.getLocalPort() + "/";

            int status = shell.run(
                    "lua",
                    "--deny",
                    "websocket.connect.url=" + denied,
                    "-e",
                    "return require('websocket').connect('" + denied + "')");

            assertThat(status).isEqualTo(1);
            assertThat(shell.err())
                    .isEqualTo("wstck: (command line): PERMISSION_DENIED: policy denies websocket.connect.url for "
                            + denied + "\n");
            socket.setSoTimeout(1);
            Assertions.assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aServerThatIsDownIsOneSentence() throws IOException {
        int port = FreePort.find();

        int status = shell.run("lua", "-e", "return require('websocket').connect('ws://127.0.0.1:" + port + "/')");

        assertThat(status).isEqualTo(1);
        assertThat(shell.err())
                .startsWith("wstck: (command line): INTERNAL: connect to 127.0.0.1:" + port)
                .contains("refused")
                .hasLineCount(1);
    }

    @Test
    void aTimeLimitEndsALoopAndClosesItsConnectionWith1001() {
        int status = shell.run(
                "lua",
                "--trace",
                "--time-limit",
                "4000ms",
                "-e",
                "client = " + connect("/echo", "") + " while true do end");

        assertThat(status).isEqualTo(1);
        assertThat(shell.err())
                .contains("CLOSE 2 bytes mask=")
                .contains(" 1001 \"\"\n")
                .endsWith("wstck: (command line):1: stopped: the time limit of 4000ms has passed\n");
    }

    @Test
    void aMemoryLimitEndsAScript() {
        int status = shell.run(
                "lua", "--memory-limit", "20MiB", "-e", "local t = {} while true do t = { t, ('x'):rep(1000) } end");

        assertThat(status).isEqualTo(1);
        assertThat(shell.err()).isEqualTo("wstck: (command line):1: more than 20971520 bytes allocated\n");
    }

    @Test
    void aTraceShowsBothHandshakesAndEachFrameWithoutCredentials() {
        int status = shell.run(
                "lua",
                "--trace",
                "-e",
                "local client = " + connect("/echo", ", { headers = { Authorization = 'Bearer s3cret' } }") + """
                        client:send("hello")
                        client:channel():receive()
                        client:send("\\001\\254", require("websocket").BINARY)
                        client:channel():receive()
                        client:close(4000, "done")
                        """);

        assertThat(shell.err())
                .containsSubsequence(
                        "#1 →  TCP 127.0.0.1:",
                        "#1 →  GET /echo HTTP/1.1\n",
                        "#1 →    Authorization: (13 bytes)\n",
                        "#1 ←  HTTP/1.1 101 Switching Protocols\n",
                        "#1 ←    Sec-WebSocket-Accept: ",
                        "#1 →  TEXT 5 bytes mask=",
                        " \"hello\"\n",
                        "#1 ←  TEXT 5 bytes \"hello\"\n",
                        "#1 →  BINARY 2 bytes mask=",
                        " hex 01 fe\n",
                        "#1 ←  BINARY 2 bytes hex 01 fe\n",
                        "#1 →  CLOSE 6 bytes mask=",
                        " 4000 \"done\"\n",
                        "#1 ←  CLOSE 2 bytes 4000 \"\"\n",
                        "#1 ←  TCP ended by the server (fin)\n")
                .doesNotContain("s3cret");
        assertThat(shell.out()).isEmpty();
        assertThat(status).isZero();
    }

    @Test
    void aTraceShowsTheContentOfCompressedMessagesInBothDirections() {
        shell.run(
                "lua",
                "--trace",
                "-e",
                "local client = "
                        + connect("/echo?deflate=on", ", { compression = 1, compression_threshold = 1 }") + """
                        for _ = 1, 2 do
                          client:send(("compress me "):rep(4))
                          client:channel():receive()
                        end
                        """);

        String content = "compress me compress me compress me compress me ";
        assertThat(shell.err())
                .containsSubsequence(
                        "#1 →  TEXT RSV1 ",
                        "#1 →  = text message, 48 bytes in 1 frame, compressed to ",
                        ": \"" + content + "\"\n",
                        "#1 ←  TEXT RSV1 ",
                        "#1 ←  = text message, 48 bytes in 1 frame, compressed to ",
                        ": \"" + content + "\"\n",
                        "#1 →  TEXT RSV1 ",
                        ": \"" + content + "\"\n",
                        "#1 ←  TEXT RSV1 ",
                        ": \"" + content + "\"\n");
    }

    @Test
    void aTraceShowsARefusedHandshakeAndItsBody() {
        shell.run("lua", "--trace", "-e", "return " + connect("/status/403", ""));

        assertThat(shell.err())
                .containsSubsequence("#1 →  GET /status/403 HTTP/1.1\n", "#1 ←  HTTP/1.1 403 Forbidden\n")
                .endsWith("expected status 101, got 403 Forbidden\n");
    }

    @Test
    void aTrustFileReplacesTheAuthoritiesOfJavaAndTheTraceIsInsideTls() throws IOException {
        write("ca.pem", server.authorityPem());
        String chunk = "local client, err = require('websocket').connect('wss://"
                + server.tlsBase().orElseThrow().getAuthority() + "/echo') if err then return nil, err end";

        assertThat(shell.run("lua", "-e", chunk)).isEqualTo(1);
        assertThat(shell.err()).contains("TLS handshake").hasLineCount(1);

        assertThat(shell.run("lua", "--trust", "ca.pem", "--trace", "-e", chunk))
                .isZero();
        assertThat(shell.err())
                .containsSubsequence("→  GET /echo HTTP/1.1\n", "→  CLOSE 2 bytes mask=", "←  TCP ended by the server");
    }

    @Test
    void anInterruptClosesTheConnectionsWith1001AndIsStatus130() throws Exception {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        SignallingStream out = new SignallingStream("open");
        Shell watched = new Shell(folder, out);
        Thread command = Thread.ofPlatform()
                .start(() -> status.complete(watched.run(
                        "lua",
                        "--trace",
                        "-e",
                        "one = " + connect("/echo", "") + " two = " + connect("/echo", "")
                                + " print('open') one:channel():receive() while true do end")));
        out.await();

        command.interrupt();

        assertThat(status.get(30, TimeUnit.SECONDS)).isEqualTo(130);
        assertThat(watched.err())
                .containsPattern("#1 →  CLOSE 2 bytes mask=\\w+ 1001 \"\"\n")
                .containsPattern("#2 →  CLOSE 2 bytes mask=\\w+ 1001 \"\"\n")
                .doesNotContain("wstck:");
    }
}
