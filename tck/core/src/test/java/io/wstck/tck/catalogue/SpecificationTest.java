package io.wstck.tck.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The published specification and the clauses that the kit reads are the same. */
class SpecificationTest {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "spec.md");
    private static final Pattern SECTION = Pattern.compile("## (.*)");

    /** Each row has an anchor of the clause's id, which other pages link. A pipe inside a cell is escaped. */
    private static final Pattern ROW = Pattern.compile(
            "\\| <a id=\"([a-z0-9-]+(?:\\.[a-z0-9-]+)+)\"></a>\\1 \\| ((?:[^|\\\\]|\\\\.)*) \\| ((?:[^|\\\\]|\\\\.)*) \\|");

    private static final Pattern STATEMENT = Pattern.compile("(?<inferred>\\*\\(inferred\\)\\* )?(?<text>.*?)"
            + "(?: \\*Accepts\\* (?<accepts>.*?))?(?: \\*Untestable\\*: (?<untestable>.*))?");
    private static final Pattern ACCEPTED = Pattern.compile("\\*(?<id>[a-z-]+)\\*: (?<outcome>.*)");

    private static List<Row> document;
    private static List<Row> data;

    /** The facts that both have about a clause. */
    private record Row(
            String section,
            String id,
            String statement,
            String level,
            boolean inferred,
            Map<String, String> accepts,
            Optional<String> untestable) {}

    @BeforeAll
    static void readBoth() throws IOException {
        document = rows(Files.readAllLines(DOCUMENT));
        data = ClauseCatalogue.load().clauses().stream()
                .map(SpecificationTest::row)
                .toList();
    }

    @Test
    void bothHaveTheSameClausesInTheSameOrder() {
        assertThat(document).hasSizeGreaterThan(140);
        assertThat(document).extracting(Row::id).containsExactlyElementsOf(ids(data));
    }

    @Test
    void bothSayTheSameOfEachClause() {
        Map<String, Row> byId = data.stream().collect(Collectors.toMap(Row::id, Function.identity()));

        assertThat(document).allSatisfy(row -> assertThat(row).isEqualTo(byId.get(row.id())));
    }

    private static List<String> ids(List<Row> rows) {
        return rows.stream().map(Row::id).toList();
    }

    private static Row row(Clause clause) {
        Map<String, String> accepts = new LinkedHashMap<>();
        clause.accepts().forEach(accepted -> accepts.put(accepted.id(), accepted.outcome()));
        String also =
                clause.also().stream().map(level -> ", also " + level.word()).collect(Collectors.joining());
        return new Row(
                clause.section(),
                clause.id(),
                clause.statement(),
                clause.level().word() + also,
                clause.inferred().isPresent(),
                accepts,
                clause.untestable());
    }

    private static List<Row> rows(List<String> lines) {
        List<Row> rows = new ArrayList<>();
        String section = "";
        for (String line : lines) {
            Matcher heading = SECTION.matcher(line);
            Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                section = heading.group(1);
            } else if (row.matches()) {
                rows.add(row(section, row.group(1), unescaped(row.group(2)), unescaped(row.group(3))));
            }
        }
        return rows;
    }

    private static Row row(String section, String id, String cell, String level) {
        Matcher statement = STATEMENT.matcher(cell);
        assertThat(statement.matches()).as(id).isTrue();
        return new Row(
                section,
                id,
                statement.group("text"),
                level,
                statement.group("inferred") != null,
                accepts(id, Optional.ofNullable(statement.group("accepts"))),
                Optional.ofNullable(statement.group("untestable")));
    }

    private static Map<String, String> accepts(String id, Optional<String> list) {
        Map<String, String> accepts = new LinkedHashMap<>();
        for (String item : list.map(text -> text.split("; (?=\\*)")).orElse(new String[0])) {
            Matcher accepted = ACCEPTED.matcher(item);
            assertThat(accepted.matches()).as(id + ": " + item).isTrue();
            accepts.put(accepted.group("id"), accepted.group("outcome"));
        }
        return accepts;
    }

    private static String unescaped(String cell) {
        return cell.replaceAll("\\\\(.)", "$1");
    }
}
