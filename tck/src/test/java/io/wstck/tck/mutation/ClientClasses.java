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

/** The classes that are changed: the client, and the documented Lua modules with how they read arguments and durations. */
final class ClientClasses {
    private static final Pattern CHANGED = Pattern.compile(
            "io/wstck/(client/.*|lua/(channel|time|json|errors)/.*|lua/Lua(Arguments|Duration)(\\$.*)?)\\.class");

    /** Shortens texts in messages of exceptions, whose words bind nobody; keeps the memory of scripts within bounds. */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "io/wstck/(client/protocol/Shown|lua/json/(GuardedBytes|BoundedOutput))\\.class|.*/package-info\\.class");

    private ClientClasses() {}

    /** Their bytes by class name, in the order of the names, from the jar that the client was loaded from. */
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
