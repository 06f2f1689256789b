package io.wstck.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The host against the reference implementation, Lua 5.1: the same chunks must print the same, errors included. */
class ReferenceTest {
    private static final List<String> FILES = List.of(
            "strings",
            "patterns",
            "format",
            "numbers",
            "tables",
            "mathematics",
            "errors",
            "coroutines",
            "calls",
            "metatables",
            "syntax");
    private static final int GENERATED = 400;
    private static final long SEED = 5_1;

    private static Map<String, String> expected = Map.of();

    @BeforeAll
    static void runAllChunksInTheReferenceImplementation() throws Exception {
        ReferenceLua.assumeInstalled();
        List<String> sources =
                Stream.concat(chunks(), differences()).map(LuaChunk::source).toList();
        List<String> outputs = ReferenceLua.outputs(sources);
        expected = new TreeMap<>();
        for (int i = 0; i < sources.size(); i++) {
            expected.put(sources.get(i), outputs.get(i));
        }
    }

    static Stream<LuaChunk> chunks() {
        return FILES.stream().flatMap(file -> LuaChunk.read(file + ".lua").stream());
    }

    static Stream<LuaChunk> differences() {
        return LuaChunk.read("differences.lua").stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chunks")
    void aChunkPrintsWhatItPrintsInLua(LuaChunk chunk) {
        assertThat(ReferenceLua.shown(ReferenceLua.hostOutput(chunk.source())))
                .isEqualTo(ReferenceLua.shown(expected.get(chunk.source())));
    }

    /** All differences that are known. One that is mended has to leave the file. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("differences")
    void aChunkThatPrintsSomethingElsePrintsWhatIsDocumented(LuaChunk chunk) {
        assertThat(chunk.reason()).isNotEmpty();
        assertThat(ReferenceLua.shown(ReferenceLua.hostOutput(chunk.source())))
                .isEqualTo(chunk.documentedOutput())
                .isNotEqualTo(ReferenceLua.shown(expected.get(chunk.source())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "numerals",
                "numbers",
                "arithmetic",
                "comparisons",
                "operators that fail",
                "formats",
                "patterns",
                "positions",
                "lists"
            })
    void aGeneratedChunkPrintsWhatItPrintsInLua(String subject) throws Exception {
        Random random = new Random(SEED);
        List<String> chunks = Stream.generate(() -> GeneratedChunks.of(subject, random))
                .limit(GENERATED)
                .toList();
        List<String> outputs = ReferenceLua.outputs(chunks);
        List<String> hostOutputs = ReferenceLua.hostOutputs(chunks);
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            String host = withoutSignOfNan(ReferenceLua.shown(hostOutputs.get(i)));
            String reference = withoutSignOfNan(ReferenceLua.shown(outputs.get(i)));
            if (!host.equals(reference)) {
                differing.add(chunks.get(i) + "\n  Lua 5.1: " + reference + "\n  host:    " + host);
            }
        }
        assertThat(differing).isEmpty();
    }

    /** The sign of what is no number is the processor's. */
    private static String withoutSignOfNan(String output) {
        return output.replace("-nan", "nan");
    }

    @Test
    void noTwoChunksHaveTheSameTitle() {
        assertThat(Stream.concat(chunks(), differences()).map(LuaChunk::title)).doesNotHaveDuplicates();
    }
}
