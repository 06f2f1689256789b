package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.journal.JournalParser;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.judge.JudgedJournal;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseText;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.EventsWriter;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.Renderer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handshake and a close frame that try to break reports. All outputs must limit and escape them. */
class HostileHandshakeTest {
    private static final String HOSTILE = "<script>alert(1)</script>\"'&\u202e\r\u0000\u0085";
    private static final String ESCAPED = "<script>alert(1)</script>\"'&\\u{202e}\\r\\u{0}\\u{85}";
    private static final String SECRET = "s3cr3t";
    private static final int KIB_64 = 64 << 10;

    @TempDir
    private static Path folder;

    private Path events;
    private RecordedRun run;

    @BeforeEach
    void record() throws Exception {
        EntryDetails details = EntryDetails.of(JudgedJournal.of(JournalParser.journal(journal())), "case \"a\" { }");
        CaseResult result = new CaseResult(
                TestHarness.cases(
                                "case \"a\" { clause = \"module.load\", title = \"a title\", client = function(t) t:ok(true) end }")
                        .getFirst(),
                Judgement.of(Verdict.FAILED, "a reason"),
                1,
                1,
                Duration.ofMillis(1),
                List.of(),
                Transcript.of(details, List.of()),
                Timeline.of(details, List.of(), List.of()));
        events = folder.resolve("events.ndjson");
        Files.deleteIfExists(events);
        try (EventsWriter writer = EventsWriter.create(events, "clauses abc", InstantSource.fixed(Instant.EPOCH))) {
            Description client = new Description("client", "1", "Java", Set.of());
            writer.started(new RunInfo("0.9.0", client, Profile.API, "Linux", 42, 2, 1, 1));
            writer.finished(result);
        }
        run = EventsReader.read(events);
    }

    @Test
    void theEventsAreSmallAndContainNoCredentials() throws Exception {
        assertThat(Files.size(events)).isLessThan(40_000);
        assertThat(Files.readString(events)).doesNotContain(SECRET);
    }

    @Test
    void theConsoleShowsEveryCharacterAndLimitsTheLength() {
        String text = CaseText.full(run.cases().getFirst());

        assertThat(text)
                .contains("#1 →    " + ESCAPED + ": " + ESCAPED + "\n", "#1 →    … 25 more headers\n")
                .contains("X-Long: " + "v".repeat(200) + "… (65536 characters)\n")
                .contains("#1 →    Authorization: (6 bytes)\n")
                .contains("CLOSE 50 bytes 1000 \"" + ESCAPED + "\\n\"\n")
                .doesNotContain(SECRET)
                .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\u0085&&[^\\n]]");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(700));
    }

    @Test
    void theMarkdownHasNoMarkupFromTheClient() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Renderer.of("markdown").orElseThrow().render(List.of(run), out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("#1 →    &lt;script&gt;alert(1)&lt;/script&gt;&quot;'&amp;\\u{202e}\\r\\u{0}\\u{85}: ")
                .contains("CLOSE 50 bytes 1000 &quot;&lt;script&gt;")
                .doesNotContain("<script", "\u202e", "\u0085", SECRET);
    }

    private static ObjectNode journal() {
        ObjectNode journal = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = journal.putArray("entries");
        ObjectNode request = entry(entries, "request").put("line", "GET /" + HOSTILE + "p".repeat(KIB_64));
        ArrayNode headers = request.putArray("headers");
        headers.addArray().add(HOSTILE).add(HOSTILE);
        headers.addArray().add("X-Long").add("v".repeat(KIB_64));
        headers.addArray().add("Authorization").add(SECRET);
        for (int number = 0; number < 62; number++) {
            headers.addArray().add("X-" + number).add("value");
        }
        ObjectNode response = entry(entries, "response").put("status", 101).put("line", "HTTP/1.1 101 " + HOSTILE);
        response.putArray("headers").addArray().add(HOSTILE).add(HOSTILE);
        byte[] reason = (HOSTILE + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] close = new byte[2 + reason.length];
        close[0] = 3;
        close[1] = (byte) 0xe8;
        System.arraycopy(reason, 0, close, 2, reason.length);
        entry(entries, "frame")
                .put("direction", "in")
                .put("opcode", 8)
                .put("fin", true)
                .put("rsv", 0)
                .put("length", 50)
                .put("data", Base64.getEncoder().encodeToString(close));
        return journal;
    }

    private static ObjectNode entry(ArrayNode entries, String type) {
        return entries.addObject().put("type", type).put("nanos", 1).put("connection", 1);
    }
}
