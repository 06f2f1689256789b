package io.wstck.tck.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The rules about packages in docs/architecture.md, and the classes that it names.
 *
 * @param packages in the order of the document: each uses only packages before it
 * @param shown types of internal packages that public packages may show in their signatures
 * @param travelled the classes that hand data on
 */
record ArchitectureDocument(
        List<NamedPackage> packages, List<UsageRestriction> restrictions, List<String> shown, List<String> travelled) {
    private static final Pattern MODULE = Pattern.compile("### `([^`]+)`");
    private static final Pattern PACKAGE = Pattern.compile("\\| `(io\\.wstck\\.[^`]+)` \\| (yes|-) \\| .+ \\|");
    private static final Pattern RESTRICTION = Pattern.compile("\\| (`.+`.*) \\| `([^`]+)` \\|");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final String RESTRICTIONS = "| only | uses |";
    private static final Pattern CLASS = Pattern.compile("[A-Z]\\w+");
    private static final String TRAVEL = "## How data travels";
    private static final String SHOWN = "A public package shows no type of another one";

    enum PackageAccess {
        PUBLIC,
        INTERNAL
    }

    /** A package and the folder of its module. */
    record NamedPackage(String module, String name, PackageAccess access) {}

    /** Only these packages and their subpackages may use a package. */
    record UsageRestriction(List<String> users, String used) {}

    static ArchitectureDocument read(Path file) throws IOException {
        List<NamedPackage> packages = new ArrayList<>();
        List<UsageRestriction> restrictions = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        List<String> travelled = new ArrayList<>();
        boolean inTravel = false;
        String module = "";
        boolean inRestrictions = false;
        boolean inShown = false;
        for (String line : Files.readAllLines(file)) {
            var heading = MODULE.matcher(line);
            var row = PACKAGE.matcher(line);
            var restriction = RESTRICTION.matcher(line);
            if (heading.matches()) {
                module = heading.group(1);
            } else if (row.matches()) {
                PackageAccess access = row.group(2).equals("yes") ? PackageAccess.PUBLIC : PackageAccess.INTERNAL;
                packages.add(new NamedPackage(module, row.group(1), access));
            } else if (inRestrictions && restriction.matches()) {
                restrictions.add(new UsageRestriction(quoted(restriction.group(1)), restriction.group(2)));
            }
            inShown = line.startsWith(SHOWN) || (inShown && !line.isBlank());
            if (inShown) {
                shown.addAll(quoted(line));
            }
            inTravel = line.equals(TRAVEL) || (inTravel && !line.startsWith("#"));
            if (inTravel) {
                quoted(line).stream().filter(CLASS.asMatchPredicate()).forEach(travelled::add);
            }
            inRestrictions = line.equals(RESTRICTIONS) || (inRestrictions && line.startsWith("|"));
        }
        return new ArchitectureDocument(
                List.copyOf(packages), List.copyOf(restrictions), List.copyOf(shown), List.copyOf(travelled));
    }

    private static List<String> quoted(String text) {
        return QUOTED.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    List<String> modules() {
        return packages.stream().map(NamedPackage::module).distinct().toList();
    }

    List<String> names() {
        return packages.stream().map(NamedPackage::name).toList();
    }

    List<String> publicPackages() {
        return packages.stream()
                .filter(one -> one.access() == PackageAccess.PUBLIC)
                .map(NamedPackage::name)
                .toList();
    }
}
