package io.wstck.tck.words;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the compiled classes of all modules: all of {@code io.wstck} on the class path except tests. */
final class CompiledClasses {
    private static final String PACKAGES = "io/wstck";

    private CompiledClasses() {}

    static List<ClassModel> all() throws IOException {
        List<ClassModel> classes = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (path.endsWith("test-classes") || entry.endsWith("-tests.jar") || !Files.exists(path)) {
                continue;
            }
            if (Files.isDirectory(path)) {
                addAll(path, classes);
            } else if (entry.endsWith(".jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(path)) {
                    addAll(jar.getPath("/"), classes);
                }
            }
        }
        return classes;
    }

    private static void addAll(Path root, List<ClassModel> classes) throws IOException {
        Path packages = root.resolve(PACKAGES);
        if (!Files.isDirectory(packages)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(packages)) {
            for (Path file : walk.filter(each -> each.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                classes.add(ClassFile.of().parse(Files.readAllBytes(file)));
            }
        }
    }
}
