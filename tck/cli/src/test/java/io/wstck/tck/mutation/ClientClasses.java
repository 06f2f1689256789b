package io.wstck.tck.mutation;

import io.wstck.client.WebSocketClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** The mutated classes: the client and the documented Lua modules, including the parsing of arguments and durations. */
final class ClientClasses {
    private static final Pattern CHANGED = Pattern.compile(
            "io/wstck/(client/.*|lua/(channel|time|json|errors)/.*|lua/Lua(Arguments|Duration)(\\$.*)?)\\.class");

    /**
     * Classes that shorten texts in exception messages, which no clause requires, or that limit the memory of scripts.
     */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "io/wstck/(client/protocol/PrintableText|lua/json/(GuardedInputStream|BoundedOutputStream))\\.class|.*/package-info\\.class");

    private ClientClasses() {}

    /** The bytes of the classes by name, in the order of the names, from the client's jar. */
    static SortedMap<String, byte[]> load() {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        try (JarFile jar = new JarFile(Path.of(WebSocketClient.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toFile())) {
            for (var entry : jar.stream().toList()) {
                String path = entry.getName();
                if (CHANGED.matcher(path).matches() && !LEFT_OUT.matcher(path).matches()) {
                    String name =
                            path.substring(0, path.length() - ".class".length()).replace('/', '.');
                    classes.put(name, jar.getInputStream(entry).readAllBytes());
                }
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path names a place that is no file", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the classes of the client: " + e.getMessage(), e);
        }
        return classes;
    }
}
