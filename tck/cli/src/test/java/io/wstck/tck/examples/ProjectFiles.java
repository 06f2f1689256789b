package io.wstck.tck.examples;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files of the project, without what builds and package managers make. Other tests install packages and write
 * files there meanwhile, and a file that is deleted during a walk ends the walk with an error.
 */
public final class ProjectFiles {
    private static final Set<String> MADE = Set.of("target", "node_modules", ".venv", "__pycache__", ".git");

    private ProjectFiles() {}

    /** All files whose name has this ending, in a folder and the folders below it. */
    public static List<Path> below(Path root, String ending) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return MADE.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(ending)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
