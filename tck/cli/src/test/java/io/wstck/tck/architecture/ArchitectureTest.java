package io.wstck.tck.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.wstck.tck.architecture.ArchitectureDocument.UsageRestriction;
import io.wstck.tck.examples.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The code of all modules follows docs/architecture.md. */
class ArchitectureTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final String PROJECT = "io.wstck.";
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?(io\\.wstck\\.[\\w.]+);", Pattern.MULTILINE);

    private static ArchitectureDocument document;
    private static JavaClasses classes;

    @BeforeAll
    static void read() throws IOException {
        document = ArchitectureDocument.read(ROOT.resolve("docs/architecture.md"));
        classes = new ClassFileImporter()
                .importPaths(document.modules().stream()
                        .map(ArchitectureTest::classesOf)
                        .toList());
    }

    private static Path classesOf(String module) {
        return ROOT.resolve(module).resolve("target/classes");
    }

    @Test
    void eachPackageIsListedOnceInItsModule() throws IOException {
        List<String> existing = new ArrayList<>();
        for (String module : modulesWithCode()) {
            packagesOf(module).forEach(name -> existing.add(module + " " + name));
        }

        assertThat(document.packages())
                .extracting(one -> one.module() + " " + one.name())
                .containsExactlyInAnyOrderElementsOf(existing);
    }

    /** The modules that the parent POM lists. */
    private static List<String> modulesWithCode() throws IOException {
        return Pattern.compile("<module>(.+)</module>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .filter(module -> Files.isDirectory(ROOT.resolve(module).resolve("src/main/java")))
                .toList();
    }

    private static Set<String> packagesOf(String module) throws IOException {
        Path sources = ROOT.resolve(module).resolve("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(ArchitectureTest::isClass)
                    .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                    .collect(TreeSet::new, Set::add, Set::addAll);
        }
    }

    private static boolean isClass(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".java") && !name.equals("package-info.java");
    }

    @Test
    void theClassesThatHandDataOnExist() {
        Set<String> existing = new TreeSet<>();
        classes.forEach(type -> existing.add(type.getSimpleName()));

        assertThat(document.travelled()).isNotEmpty().isSubsetOf(existing);
    }

    @Test
    void aPackageUsesOnlyPackagesAboveIt() {
        List<String> order = document.names();
        Map<String, String> upwards = new TreeMap<>();
        for (JavaClass from : classes) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String user = from.getPackageName();
                String used = packageOf(dependency.getTargetClass());
                if (used.startsWith(PROJECT) && order.indexOf(used) > order.indexOf(user)) {
                    upwards.putIfAbsent(user + " uses " + used, dependency.getDescription());
                }
            }
        }

        assertThat(upwards).isEmpty();
    }

    private static String packageOf(JavaClass type) {
        return type.getBaseComponentType().getPackageName();
    }

    @Test
    void onlyTheListedPackagesUseARestrictedPackage() {
        assertThat(document.restrictions()).isNotEmpty();
        for (UsageRestriction restriction : document.restrictions()) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(restriction.users().stream()
                            .map(user -> user + "..")
                            .toArray(String[]::new))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(restriction.used() + "..")
                    .because("docs/architecture.md says so")
                    .check(classes);
        }
    }

    @Test
    void eachPackageOfARestrictionUsesTheRestrictedPackage() {
        Map<String, List<String>> idle = new TreeMap<>();
        for (UsageRestriction restriction : document.restrictions()) {
            for (String user : restriction.users()) {
                Predicate<JavaClass> kept = type -> isBelow(restriction.used(), packageOf(type));
                boolean uses = classes.stream()
                        .filter(type -> isBelow(user, type.getPackageName()))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .anyMatch(dependency -> kept.test(dependency.getTargetClass()));
                if (!uses) {
                    idle.computeIfAbsent(restriction.used(), _ -> new ArrayList<>())
                            .add(user);
                }
            }
        }

        assertThat(idle).isEmpty();
    }

    private static boolean isBelow(String parent, String name) {
        return name.equals(parent) || name.startsWith(parent + ".");
    }

    @Test
    void publicPackagesShowNoTypeOfAnInternalOne() {
        List<String> open = document.publicPackages();
        Set<String> shown = new TreeSet<>();
        for (JavaClass type : classes) {
            if (open.contains(type.getPackageName())) {
                SignatureTypes.of(type).stream()
                        .map(JavaClass::getBaseComponentType)
                        .filter(named -> named.getPackageName().startsWith(PROJECT))
                        .filter(named -> !open.contains(named.getPackageName()))
                        .forEach(named -> shown.add(named.getName()));
            }
        }

        assertThat(shown).containsExactlyInAnyOrderElementsOf(document.shown());
    }

    /** The adapters are programs of users. */
    @Test
    void theAdaptersImportOnlyPublicPackages() throws IOException {
        Map<String, List<String>> internal = new TreeMap<>();
        List<Path> sources = ProjectFiles.below(ROOT.resolve("adapters"), ".java").stream()
                .filter(ArchitectureTest::isClass)
                .toList();
        assertThat(sources).isNotEmpty();
        for (Path source : sources) {
            List<String> imports = IMPORT.matcher(Files.readString(source))
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> document.publicPackages().stream().noneMatch(one -> holds(one, name)))
                    .toList();
            if (!imports.isEmpty()) {
                internal.put(source.toString(), imports);
            }
        }

        assertThat(internal).isEmpty();
    }

    /** Whether a name is that of a class in a package, or of a member of such a class. */
    private static boolean holds(String packageName, String name) {
        return name.startsWith(packageName + ".") && Character.isUpperCase(name.charAt(packageName.length() + 1));
    }
}
