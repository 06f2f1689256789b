package io.wstck.server.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads text files from the resources of a module. Stateless. */
public final class ResourceText {
    private ResourceText() {}

    /**
     * The text of a resource in UTF-8.
     *
     * @param owner a class of the module that has the resource
     * @param name relative to the package of the class, or absolute with a leading slash
     * @throws IllegalStateException if the resource is missing
     */
    public static String read(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("expected " + name + " on the class path, found nothing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
