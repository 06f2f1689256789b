package io.wstck.tck.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the kit. The build writes it into a resource. */
public final class Version {
    private static final String RESOURCE = "/io/wstck/tck/run/version.properties";

    private Version() {}

    /** Returns the version, for example {@code 1.0.0}. */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("expected " + RESOURCE + " on the class path, found nothing");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE + ": " + e.getMessage(), e);
        }
        return properties.getProperty("version");
    }
}
