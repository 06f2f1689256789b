package io.wstck.tck.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * docs/adapters.md says what the schema says, and shows the agent that is there. With {@code -Dwstck.docs=write} it is
 * written anew where it does not.
 */
class AdaptersDocTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path DOC = ROOT.resolve("docs/adapters.md");
    private static final Path AGENT = ROOT.resolve("adapters/python-websockets/agent.py");

    @Test
    void theReferenceIsWhatTheSchemaSays() throws IOException {
        expect("protocol.schema.json", "\n" + ProtocolReference.markdown());
    }

    @Test
    void theFirstAgentIsTheOneInItsFolder() throws IOException {
        assumeTrue(Files.exists(AGENT), "there is no " + AGENT);
        expect("adapters/python-websockets/agent.py", "\n```python\n" + Files.readString(AGENT) + "```\n\n");
    }

    private static void expect(String name, String text) throws IOException {
        String begin = "<!-- " + name + ": begin -->\n";
        String end = "<!-- " + name + ": end -->";
        String doc = Files.readString(DOC);
        int from = doc.indexOf(begin) + begin.length();
        int to = doc.indexOf(end);
        assertThat(doc).contains(begin, end);
        if ("write".equals(System.getProperty("wstck.docs"))) {
            Files.writeString(DOC, doc.substring(0, from) + text + doc.substring(to));
            return;
        }
        assertThat(doc.substring(from, to))
                .as("docs/adapters.md, mended by -Dwstck.docs=write")
                .isEqualTo(text);
    }
}
