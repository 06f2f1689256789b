package io.wstck.tck.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads case files from the class path or from a folder. */
public final class CaseSource {
    private static final String SHIPPED = "/io/wstck/fixtures/cases";

    private CaseSource() {}

    /** Returns the case files that the kit ships, in the order of their paths. */
    public static List<CaseFile> shipped() throws CaseFileException {
        URL url = CaseSource.class.getResource(SHIPPED);
        if (url == null) {
            throw new IllegalStateException("expected case files at " + SHIPPED + " on the class path, found nothing");
        }
        try {
            if (!(url.openConnection() instanceof JarURLConnection connection)) {
                return folder(Path.of(url.toURI()));
            }
            // Opens the jar by its path. A file system by URI is shared in the whole JVM, and closing it would disturb
            // other readers.
            try (FileSystem jar =
                    FileSystems.newFileSystem(Path.of(connection.getJarFileURL().toURI()))) {
                return folder(jar.getPath(SHIPPED));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path names " + url + ", which is not a URI", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the case files at " + url + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the {@code .lua} files in a folder and below it, in the order of their paths.
     *
     * @throws IOException if a file cannot be read
     * @throws CaseFileException for the first file that does not parse
     */
    public static List<CaseFile> folder(Path root) throws IOException, CaseFileException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.filter(path -> path.toString().endsWith(".lua"))
                    .sorted()
                    .toList();
        }
        List<CaseFile> files = new ArrayList<>();
        for (Path path : paths) {
            String name = root.relativize(path).toString().replace('\\', '/');
            files.add(CaseFile.of(name, new String(Files.readAllBytes(path), StandardCharsets.UTF_8)));
        }
        return files;
    }
}
