package io.wstck.tck.implementation.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the browsers of one family are started without a window, in a profile that nothing else uses. Stateless. */
sealed interface Launch permits Chromium, Firefox {
    /** Writes what the browser must find in its profile. */
    void prepare(Path profile) throws IOException;

    /** The arguments that open a page. */
    List<String> arguments(Path profile, String address);

    /** The folder where it looks for certificates of its user. */
    Path certificates(Path profile);

    /** Variables that are added to those of the kit. */
    Map<String, String> environment(Path profile);
}
