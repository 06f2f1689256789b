package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.wire.MemoryBudget;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the estimated memory of sessions with a measured heap. */
@Isolated
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionMemoryEstimateTest {
    private static final long NOISE = 16 << 10;
    private static final JsonMapper MAPPER = new JsonMapper();

    /** One server for all tests, because the memory that a closing server releases would be measured too. */
    private ReferenceServer server;

    @BeforeAll
    void start() throws Exception {
        server = ReferenceServer.start(ServerConfig.loopback());
    }

    @AfterAll
    void close() {
        server.close();
    }

    /** Sessions that each use as much as possible of one kind of data, as JSON with ' for ". */
    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("nothing", 3000, "{}"),
                shape("servers", 150, servers("{}")),
                shape("servers with ports", 20, servers("{'listener':'own'}")),
                shape("unreachable servers", 150, servers("{'listener':'unreachable'}")),
                shape("endpoints", 150, servers("{'endpoint':'/echo'}")),
                shape("small steps", 60, steps("{'op':'echo'}", 10_000)),
                shape("steps with a field", 20, steps("{'op':'await','name':'a'}", 10_000)),
                shape("short messages", 20, steps("{'op':'send-message','text':'a'}", 10_000)),
                shape("closes with codes", 20, steps("{'op':'expect-close','codes':[1000,1001,60000]}", 4_000)),
                shape("fragments", 20, steps("{'op':'send-message','text':'aaaa','fragments':[1,1,1,1]}", 3_000)),
                shape("frames", 20, steps("{'op':'send-frame','opcode':1,'length':'5'}", 8_000)),
                shape(
                        "interleaved",
                        20,
                        steps(
                                "{'op':'send-message','text':'aa','fragments':[1,1],'interleave':[{'op':'send-ping'}]}",
                                3_000)),
                shape("headers", 20, "{'handshake':{'headers':[" + repeated("['a','b']", 10_000) + "]}}"),
                shape("a long text", 20, steps("{'op':'send-ping','text':'" + "x".repeat(1 << 20) + "'}", 1)),
                shape(
                        "a long text in two bytes",
                        20,
                        "{'name':'\u20ac" + "x".repeat(1 << 20) + "','servers':{'main':{}}}"),
                shape("base64", 20, steps("{'op':'send-bytes','data':'" + "abcd".repeat(1 << 18) + "'}", 1)));
    }

    private static Arguments shape(String name, int sessions, String json) {
        return Arguments.of(name, sessions, json.replace('\'', '"'));
    }

    private static String servers(String scenario) {
        return "{'servers':{"
                + IntStream.range(0, PostHandler.MAX_SERVERS)
                        .mapToObj(i -> "'s" + i + "':" + scenario)
                        .collect(Collectors.joining(","))
                + "}}";
    }

    private static String steps(String step, int count) {
        return "{'frames':[" + repeated(step, count) + "]}";
    }

    private static String repeated(String element, int count) {
        return String.join(",", java.util.Collections.nCopies(count, element));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void theEstimateIsNotBelowTheHeap(String name, int sessions, String json) throws Exception {
        // Objects that are created once do not belong to a session.
        server.open(spec(json)).close();
        List<ServerSession> open = new ArrayList<>();
        long before = used();
        for (int i = 0; i < sessions; i++) {
            open.add(server.open(spec(json)));
        }
        long measured = used() - before;
        long counted = sessions * counted(json);
        open.forEach(ServerSession::close);
        assertThat(measured).as("bytes on the heap").isBetween(1L, counted);
    }

    private static SessionSpec spec(String json) throws Exception {
        return SessionSpec.parse(MAPPER.readTree(json));
    }

    private static long counted(String json) throws Exception {
        byte[] body = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return SessionMemoryEstimate.count(MAPPER.createParser(body), body.length)
                        .parsedBodyBytes()
                + SessionMemoryEstimate.serverBytes(spec(json));
    }

    /**
     * The used heap after garbage collections, when several in a row free no more. Cleaners free memory between
     * collections.
     */
    private static long used() {
        long smallest = Long.MAX_VALUE;
        int idle = 0;
        while (idle < 3) {
            System.gc();
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            idle = used < smallest - NOISE ? 0 : idle + 1;
            smallest = Math.min(smallest, used);
        }
        return smallest;
    }

    @ParameterizedTest
    @MethodSource("budgets")
    void reservedMemoryIsReleasedWithTheSession(String json) throws Exception {
        ServerMemory memory = new ServerMemory(
                new MemoryBudget(1 << 20), new MemoryBudget(1 << 20), new MemoryBudget(1 << 20), new MemoryBudget(1));
        try (ReferenceServer server = ReferenceServer.start(
                ServerConfig.loopback(),
                ServerLimits.of(memory, ServerLimits.usual().gracePeriods()))) {
            ServerSession session = server.open(spec(json.replace('\'', '"')));
            assertThat(memory.journals().reserved()).isPositive();
            session.close();
            assertThat(memory.journals().reserved()).isZero();
            assertThat(memory.posted().reserved()).isZero();
        }
    }

    static Stream<String> budgets() {
        return Stream.of("{}", "{'listener':'own'}", "{'listener':'unreachable'}");
    }
}
