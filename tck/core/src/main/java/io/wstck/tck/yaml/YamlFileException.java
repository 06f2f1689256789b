package io.wstck.tck.yaml;

import java.io.Serial;

/** Reports that a YAML file is missing, unreadable or no YAML. The message is one sentence that names the file. */
public final class YamlFileException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    YamlFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
