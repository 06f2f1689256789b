import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.Attributes;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the sources and classes of a compiled project and prints the tables of {@code benchmarks/structure}. */
void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    List<String> modules = modules(root);
    Map<String, Set<String>> uses = new TreeMap<>();
    List<Count> counts = new ArrayList<>();
    for (String module : modules) {
        counts.add(count(root, module, uses));
    }
    List<Set<String>> cycles = cycles(uses);
    String line = "%-18s %6s %8s %6s %8s %9s %13s %17s %10s%n";
    IO.print(line.formatted("module", "files", "lines", "tests", "lines", "packages", "public types", "two-valued enums", "in cycles"));
    for (Count count : counts) {
        IO.print(count.line(line, cycles));
    }
    IO.print(counts.stream().reduce(new Count("all", 0, 0, 0, 0, new TreeSet<>(), 0, 0), Count::plus).line(line, cycles));
    cycles.forEach(cycle -> IO.println("cycle: " + String.join(", ", cycle)));
    IO.println("");
    IO.print("%-24s %10s %10s %12s%n".formatted("artifact", "own bytes", "libraries", "their bytes"));
    for (String module : modules) {
        libraries(root, module);
    }
}

List<String> modules(Path root) throws IOException {
    return Pattern.compile("<module>(.+?)</module>")
            .matcher(Files.readString(root.resolve("pom.xml")))
            .results()
            .map(found -> found.group(1))
            .toList();
}

record Count(
        String module, int files, long lines, int tests, long testLines, Set<String> packages, int publicTypes, int pairs) {
    Count plus(Count other) {
        Set<String> both = new TreeSet<>(packages);
        both.addAll(other.packages);
        return new Count(
                module,
                files + other.files,
                lines + other.lines,
                tests + other.tests,
                testLines + other.testLines,
                both,
                publicTypes + other.publicTypes,
                pairs + other.pairs);
    }

    String line(String format, List<Set<String>> cycles) {
        long inCycles = packages.stream()
                .filter(name -> cycles.stream().anyMatch(cycle -> cycle.contains(name)))
                .count();
        return format.formatted(module, files, lines, tests, testLines, packages.size(), publicTypes, pairs, inCycles);
    }
}

Count count(Path root, String module, Map<String, Set<String>> uses) throws IOException {
    List<Path> main = files(root.resolve(module).resolve("src/main/java"), ".java");
    List<Path> tests = files(root.resolve(module).resolve("src/test/java"), ".java");
    Set<String> packages = new TreeSet<>();
    int publicTypes = 0;
    int pairs = 0;
    for (Path file : files(root.resolve(module).resolve("target/classes"), ".class")) {
        ClassModel model = ClassFile.of().parse(file);
        String name = model.thisClass().asInternalName();
        if (name.endsWith("/package-info")) {
            continue;
        }
        packages.add(packageOf(name));
        publicTypes += isPublic(model) ? 1 : 0;
        pairs += model.flags().has(AccessFlag.ENUM) && constants(model) == 2 ? 1 : 0;
        Set<String> used = uses.computeIfAbsent(packageOf(name), _ -> new TreeSet<>());
        model.constantPool().forEach(entry -> {
            if (entry instanceof ClassEntry type && type.asInternalName().startsWith("io/wstck/")) {
                used.add(packageOf(type.asInternalName()));
            }
        });
        used.remove(packageOf(name));
    }
    return new Count(module, main.size(), lines(main), tests.size(), lines(tests), packages, publicTypes, pairs);
}

List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
        return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
        return all.filter(file -> file.toString().endsWith(ending)).toList();
    }
}

long lines(List<Path> files) throws IOException {
    long lines = 0;
    for (Path file : files) {
        try (Stream<String> all = Files.lines(file)) {
            lines += all.count();
        }
    }
    return lines;
}

String packageOf(String internalName) {
    return internalName.substring(0, internalName.lastIndexOf('/')).replace('/', '.');
}

/** Whether a class is public. The flags of a nested class are in the attribute {@code InnerClasses}. */
boolean isPublic(ClassModel model) {
    String name = model.thisClass().asInternalName();
    boolean nestedPublic = model.findAttribute(Attributes.innerClasses()).map(InnerClassesAttribute::classes).stream()
            .flatMap(List::stream)
            .filter(inner -> name.equals(inner.innerClass().asInternalName()))
            .allMatch(inner -> inner.outerClass().isPresent() && inner.has(AccessFlag.PUBLIC));
    return model.flags().has(AccessFlag.PUBLIC) && nestedPublic && !model.flags().has(AccessFlag.SYNTHETIC);
}

long constants(ClassModel model) {
    return model.fields().stream()
            .filter(field -> field.flags().has(AccessFlag.ENUM))
            .count();
}

/** The dependency cycles: each set has packages that use each other, directly or through others. */
List<Set<String>> cycles(Map<String, Set<String>> uses) {
    Map<String, Set<String>> reached = new TreeMap<>();
    uses.keySet().forEach(name -> reached.put(name, reach(name, uses)));
    List<Set<String>> cycles = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : uses.keySet()) {
        if (reached.get(name).contains(name) && !seen.contains(name)) {
            Set<String> cycle = new TreeSet<>(Set.of(name));
            reached.get(name).stream()
                    .filter(other -> reached.getOrDefault(other, Set.of()).contains(name))
                    .forEach(cycle::add);
            seen.addAll(cycle);
            cycles.add(cycle);
        }
    }
    return cycles;
}

Set<String> reach(String name, Map<String, Set<String>> uses) {
    Set<String> reached = new HashSet<>();
    List<String> open = new ArrayList<>(uses.get(name));
    while (!open.isEmpty()) {
        String next = open.removeLast();
        if (reached.add(next)) {
            open.addAll(uses.getOrDefault(next, Set.of()));
        }
    }
    return reached;
}

void libraries(Path root, String module) throws IOException {
    Path classpath = root.resolve(module).resolve("target/runtime-classpath");
    String artifact = Pattern.compile("</parent>\\s*<artifactId>(.+?)</artifactId>")
            .matcher(Files.readString(root.resolve(module).resolve("pom.xml")))
            .results()
            .map(found -> found.group(1))
            .findFirst()
            .orElse(module);
    List<Path> jars = Arrays.stream(Files.readString(classpath).strip().split(":"))
            .filter(entry -> entry.contains("/.m2/") || entry.contains("/repository/"))
            .filter(entry -> entry.endsWith(".jar") && !entry.contains("/io/wstck/"))
            .map(Path::of)
            .sorted()
            .toList();
    long bytes = 0;
    List<String> names = new ArrayList<>();
    for (Path jar : jars) {
        bytes += Files.size(jar);
        names.add(jar.getFileName().toString().replace(".jar", "") + " " + Files.size(jar));
    }
    IO.print("%-24s %10d %10d %12d%n".formatted(artifact, ownBytes(root, module, artifact), jars.size(), bytes));
    names.forEach(name -> IO.println("    " + name));
}

/** The size of the artifact's own jar; 0 if it is not built. */
long ownBytes(Path root, String module, String artifact) throws IOException {
    for (Path jar : files(root.resolve(module).resolve("target"), ".jar")) {
        if (jar.getFileName().toString().matches(Pattern.quote(artifact) + "-[0-9][^-]*(-SNAPSHOT)?\\.jar")) {
            return Files.size(jar);
        }
    }
    return 0;
}
