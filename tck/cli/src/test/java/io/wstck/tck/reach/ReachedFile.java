package io.wstck.tck.reach;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The coverage of one source file.
 *
 * @param name the name of the file
 * @param lines the lines with code, in order
 */
record ReachedFile(String packageName, String name, List<Line> lines) {

    /**
     * A line with code.
     *
     * @param missed whether none of its instructions was executed
     * @param branches the number of its branches
     * @param missedBranches the number of branches that were never taken
     */
    record Line(int number, boolean missed, int branches, int missedBranches) {}

    /**
     * Reads a report of JaCoCo.
     *
     * @throws IOException if the report cannot be read
     */
    static List<ReachedFile> read(Path report) throws IOException {
        List<ReachedFile> files = new ArrayList<>();
        try {
            DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            // Replaces the document type that the report names, because its file is missing.
            builder.setEntityResolver((_, _) -> new InputSource(new StringReader("")));
            NodeList sources = builder.parse(report.toFile()).getElementsByTagName("sourcefile");
            elements(sources).forEach(source -> files.add(of(source)));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("expected a report of JaCoCo in XML at " + report + ": " + e.getMessage(), e);
        }
        return files.stream().filter(file -> !file.lines().isEmpty()).toList();
    }

    private static ReachedFile of(Element source) {
        String packageName =
                ((Element) source.getParentNode()).getAttribute("name").replace('/', '.');
        List<Line> lines = elements(source.getElementsByTagName("line"))
                .map(line -> new Line(
                        number(line, "nr"),
                        number(line, "ci") == 0,
                        number(line, "mb") + number(line, "cb"),
                        number(line, "mb")))
                .toList();
        return new ReachedFile(packageName, source.getAttribute("name"), lines);
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(index -> (Element) nodes.item(index));
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    /** The missed parts: ranges of lines, and lines with a missed branch. */
    List<String> describe() {
        List<String> described = new ArrayList<>();
        int index = 0;
        while (index < lines.size()) {
            Line first = lines.get(index);
            int last = index;
            while (first.missed()
                    && last + 1 < lines.size()
                    && lines.get(last + 1).missed()) {
                last++;
            }
            if (first.missed()) {
                int end = lines.get(last).number();
                described.add(end == first.number() ? "line " + end : "lines " + first.number() + "-" + end);
            } else if (first.missedBranches() > 0) {
                described.add("line " + first.number() + ": " + first.missedBranches() + " of " + first.branches()
                        + " branches");
            }
            index = last + 1;
        }
        return described;
    }
}
