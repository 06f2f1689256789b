package io.wstck.tck.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes {@code cases/sums.lua}, a case file without servers. Each case expects that one plus one is a given number.
 */
final class SumCases {
    private static final String HEAD = """
            local function sum(id, expected)
              case("sum." .. id) {
                clause = "module.load",
                title = "one and one is " .. expected,
                client = function(t) t:equal(expected, 1 + 1, "the sum") end,
              }
            end
            """;

    private SumCases() {}

    /** Writes the cases. Each is given as {@code id=number}. */
    static void write(Path folder, String... cases) throws IOException {
        StringBuilder lua = new StringBuilder(HEAD);
        for (String one : cases) {
            String[] parts = one.split("=", -1);
            lua.append("sum(\"")
                    .append(parts[0])
                    .append("\", ")
                    .append(parts[1])
                    .append(")\n");
        }
        Files.createDirectories(folder.resolve("cases"));
        Files.writeString(folder.resolve("cases/sums.lua"), lua);
    }
}
