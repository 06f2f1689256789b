package io.wstck.tck.implementation.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts the browsers of one family: options, profile and environment. The browser is headless and has its own profile.
 * Stateless.
 */
sealed interface BrowserFamily permits Chromium, Firefox {
    /** Writes the files that the browser needs in its profile. */
    void prepare(Path profile) throws IOException;

    /** The arguments that open a page. */
    List<String> arguments(Path profile, String address);

    /** The folder in which the browser looks for its user's certificates. */
    Path certificates(Path profile);

    /** Environment variables, in addition to those of the kit. */
    Map<String, String> environment(Path profile);
}
