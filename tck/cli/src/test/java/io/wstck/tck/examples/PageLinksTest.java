package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each relative link of the pages leads to a file that exists, and to a heading or an anchor in it. */
class PageLinksTest {
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\n]*`", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)|^\\[[^]\n]+]: (\\S+)$", Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\">");

    @Test
    void eachLinkHasItsTarget() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path page : ProjectFiles.below(Example.ROOT, ".md")) {
            Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll("code"));
            while (link.find()) {
                String target = link.group(1) == null ? link.group(2) : link.group(1);
                if (!target.contains("://") && !leadsSomewhere(page, target)) {
                    dead.add(Example.ROOT.relativize(page) + " links " + target);
                }
                links++;
            }
        }

        assertThat(links).isGreaterThan(200);
        assertThat(dead).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String target) throws IOException {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(file)
                && (parts.length == 1 || anchors(Files.readString(file)).contains(parts[1]));
    }

    /** The anchors of a page: those that it has in its source, and those that its headings get. */
    private static Set<String> anchors(String page) {
        Set<String> anchors = new HashSet<>();
        ANCHOR.matcher(page).results().forEach(found -> anchors.add(found.group(1)));
        HEADING.matcher(page)
                .results()
                .forEach(found -> anchors.add(found.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-')));
        return anchors;
    }
}
