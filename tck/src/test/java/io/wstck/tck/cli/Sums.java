package io.wstck.tck.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of cases without a server, {@code cases/sums.lua}: each holds that one and one is some number. */
final class Sums {
    private static final String HEAD = """
            local function sum(id, expected)
              case("sum." .. id) {
                clause = "module.load",
                title = "one and one is " .. expected,
                client = function(t) t:equal(expected, 1 + 1, "the sum") end,
              }
            end
            """;

    private Sums() {}

    /** Writes the cases, given as {@code id=number}. */
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
