package io.wstck.lua;

import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random chunks in which the host and Lua 5.1 must agree. They leave out differences by design. */
final class GeneratedChunks {
    private static final String[] NUMBERS = {
        "0",
        "1",
        "2",
        "3",
        "-1",
        "7",
        "10",
        "-7",
        "0.5",
        "-2.5",
        "1/3",
        "1e15",
        "1e-5",
        "2^31",
        "2^31-1",
        "-2^31",
        "2^53",
        "1e308",
        "123456789",
        "'10'",
        "'0x10'",
        "' 5 '",
        "'1e2'",
        "1/0",
        "-1/0"
    };

    private GeneratedChunks() {}

    /** A chunk about a subject. */
    static String of(String subject, Random random) {
        return switch (subject) {
            case "numerals" -> numeral(random);
            case "numbers" -> number(random);
            case "arithmetic" -> arithmetic(random);
            case "comparisons" -> comparison(random);
            case "operators that fail" -> failingOperator(random);
            case "formats" -> format(random);
            case "patterns" -> pattern(random);
            case "positions" -> position(random);
            case "lists" -> list(random);
            default -> throw new IllegalArgumentException("no chunks about " + subject);
        };
    }

    /** A text that may be a numeral. */
    private static String numeral(Random random) {
        String text = switch (random.nextInt(4)) {
            case 0 -> digits(random, 3) + "." + digits(random, 3);
            case 1 -> digits(random, 20) + pick(random, "", "e" + digits(random, 2), "E-" + digits(random, 2));
            case 2 -> pick(random, "0x", "0X", "") + some(random, "0123456789abcdefABCDEFg", 6);
            default -> some(random, "0123456789.eE+- x", 6);
        };
        String sign = text.contains("x") || text.contains("X") ? "" : pick(random, "", "", "-", "+");
        // A base takes neither a sign nor the prefix of a hexadecimal number, in the host.
        String base = some(random, "0123456789abcdefzZ ", 6);
        return "print(tonumber('" + sign + text + "'), tonumber('" + base + "', " + (2 + random.nextInt(35)) + "))";
    }

    /** A number of any size, written in some ways. */
    private static String number(Random random) {
        double value = random.nextBoolean()
                ? Double.longBitsToDouble(random.nextLong())
                : random.nextInt(2_000_000) / Math.pow(10, random.nextInt(12));
        double finite = Double.isFinite(value) ? value : 1;
        String literal = String.format(Locale.ROOT, "%.16e", finite);
        return "local x = " + literal
                + " print(x, x .. '', string.format('%.14g %.17g %.3f %.5e', x, x, x % 1e9, x), x == tonumber('"
                + literal + "'))";
    }

    /**
     * An expression over numbers. Zero is added to each result because the host's zero has no sign. Nothing is divided
     * by zero because the host has a quotient for what is no number.
     */
    private static String arithmetic(Random random) {
        return "local function divisor(n) return n == 0 and 1 or n end local a, b, c = " + pick(random, NUMBERS) + ", "
                + pick(random, NUMBERS) + ", " + pick(random, NUMBERS) + " print(" + expression(random, 3) + ", "
                + expression(random, 2) + ")";
    }

    private static String expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return pick(random, "a", "b", "c", pick(random, NUMBERS));
        }
        String left = expression(random, depth - 1);
        return switch (random.nextInt(8)) {
            case 0 -> "(-" + parenthesized(left) + " + 0)";
            case 1 -> "(" + parenthesized(left) + " ^ " + pick(random, "2", "0", "1", "-1") + " + 0)";
            default ->
                "(" + parenthesized(left) + pick(random, " + ", " - ", " * ", " % ", " / divisor")
                        + parenthesized(expression(random, depth - 1)) + " + 0)";
        };
    }

    private static String parenthesized(String expression) {
        return "(" + expression + ")";
    }

    /** Comparisons of numbers, and of strings with any bytes; two literals are not compared. */
    private static String comparison(Random random) {
        boolean numbers = random.nextBoolean();
        String one = numbers ? "(" + pick(random, NUMBERS) + ") + 0" : bytes(random);
        String other = numbers ? "(" + pick(random, NUMBERS) + ") + 0" : bytes(random);
        return "local a, b = " + one + ", " + other
                + " print(a < b, a <= b, a > b, a >= b, a == b, a ~= b, not (a < b)) if a < b then print(1) end"
                + " local t = { a, b, " + one + " } table.sort(t) print(t[1], t[2], t[3])"
                + (numbers ? "" : " print(a < " + other + ", " + one + " <= b, b > " + one + ")");
    }

    private static String bytes(Random random) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> pick(random, "a", "b", "Z", "\\0", "\\127", "\\128", "\\195\\164", "\\255"))
                .collect(Collectors.joining("", "'", "'"));
    }

    /** An operator that cannot take its operands, which come from several places. */
    private static String failingOperator(Random random) {
        String code = switch (random.nextInt(6)) {
            case 0 ->
                "local x = " + operand(random) + pick(random, " + ", " - ", " * ", " / ", " % ", " ^ ")
                        + operand(random);
            case 1 -> "local x = " + operand(random) + pick(random, " < ", " <= ", " > ", " >= ") + operand(random);
            case 2 -> "local x = " + operand(random) + " .. " + operand(random);
            case 3 -> "local x = " + pick(random, "-", "#") + operand(random);
            case 4 -> "local x = " + place(random) + ".key";
            default -> pick(random, place(random) + ".key = 1", place(random) + "()", place(random) + ":method()");
        };
        return "global = " + value(random) + "\nlocal up = " + value(random) + "\nlocal t = { field = " + value(random)
                + " }\n"
                + "local function fails()\n  local here = " + value(random) + "\n  local used = up\n  " + code
                + "\nend\n"
                + "print(pcall(fails))";
    }

    private static String value(Random random) {
        return pick(random, "nil", "true", "1", "'x'", "{}", "print", "nil", "'12'");
    }

    private static String operand(Random random) {
        return pick(random, place(random), place(random), "1", "'y'", "'2'");
    }

    private static String place(Random random) {
        return pick(random, "global", "up", "t.field", "here", "t.missing");
    }

    /** A directive with flags, width and precision that C defines for it. */
    private static String format(Random random) {
        String conversion = pick(random, "d", "i", "u", "x", "X", "o", "e", "E", "f", "g", "G", "c", "s", "q");
        String argument = switch (conversion) {
            case "d", "i" -> pick(random, "0", "1", "-1", "42.9", "-42.9", "2^31", "-2^31", "2^53", "'77'");
            case "u", "x", "X", "o" -> pick(random, "0", "1", "255", "8.9", "2^31", "2^32", "2^53", "'77'");
            case "c" -> Integer.toString(1 + random.nextInt(255));
            case "s", "q" -> pick(random, "''", "'a'", "'two words'", "'\\195\\164\"\\n'", "12", "0.5");
            default ->
                pick(
                        random,
                        "0",
                        "1",
                        "-1",
                        "0.5",
                        "2.5",
                        "1/3",
                        "-1e-7",
                        "123456.789",
                        "1e15",
                        "1e100",
                        "-1e300",
                        "1/0",
                        "-1/0",
                        Double.toString(random.nextGaussian() * 1000));
        };
        String flags = switch (conversion) {
            case "q" -> "";
            case "c", "s" -> pick(random, "", "-");
            case "d", "i" -> flags(random, "-+ 0");
            case "u" -> flags(random, "-0");
            case "x", "X", "o" -> flags(random, "-#0");
            default -> flags(random, "-+ #0");
        };
        String width = conversion.equals("q") ? "" : pick(random, "", "", "1", "5", "12", "30");
        String precision = "cq".contains(conversion) ? "" : pick(random, "", "", ".", ".0", ".1", ".3", ".10", ".20");
        return "print(string.format('[%" + flags + width + precision + conversion + "]', " + argument + "))";
    }

    private static String flags(Random random, String allowed) {
        return allowed.chars()
                .filter(flag -> random.nextInt(3) == 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** A pattern that is well formed, though its captures may not be. */
    private static String pattern(Random random) {
        StringBuilder pattern = new StringBuilder(random.nextInt(5) == 0 ? "^" : "");
        int open = 0;
        for (int i = random.nextInt(6); i >= 0; i--) {
            switch (random.nextInt(9)) {
                case 0 -> {
                    pattern.append('(');
                    open++;
                }
                case 1 -> {
                    pattern.append(open > 0 ? ")" : "()");
                    open = Math.max(0, open - 1);
                }
                case 2 -> pattern.append(pick(random, "%b()", "%f[%w]", "%f[^a]", "%1", "()"));
                default -> pattern.append(single(random)).append(pick(random, "", "", "*", "+", "-", "?"));
            }
        }
        pattern.append(")".repeat(random.nextInt(10) == 0 ? 0 : open)).append(random.nextInt(5) == 0 ? "$" : "");
        String subject = some(random, "aabbc(1) _)", 12);
        String arguments = "'" + subject + "', '" + pattern + "'";
        return "print(pcall(string.find, " + arguments + pick(random, "", ", 2", ", -2")
                + "))\nprint(pcall(string.match, " + arguments + "))\n"
                + "print(pcall(string.gsub, " + arguments + ", '" + pick(random, "<%0>", "[%1]", "%%", "") + "'"
                + pick(random, "", ", 2") + "))\n"
                + "print(pcall(function() for a, b in string.gmatch(" + arguments.replace("'^", "'")
                + ") do print(a, b) end end))";
    }

    private static String single(Random random) {
        return pick(
                random, "a", "b", ".", "%a", "%d", "%s", "%W", "%(", "[ab]", "[^a]", "[a-c]", "[%d_]", "[^%s(]", "_");
    }

    /** Functions that take positions in a string. */
    private static String position(Random random) {
        String subject = "'" + some(random, "abcabc", 8) + "'";
        String from = around(random);
        String to = around(random);
        return "print(string.sub(" + subject + ", " + from + ", " + to + "), string.byte(" + subject + ", " + from
                + ", " + to + "))\n"
                + "print(string.find(" + subject + ", '" + some(random, "abc", 2) + "', " + from + ", "
                + pick(random, "true", "false") + "))\n"
                + "print(string.rep(" + subject + ", " + to + "), pcall(function() return select(" + from
                + ", 1, 2, 3) end))\n"
                + "print(pcall(unpack, { 1, 2, 3 }, " + from + ", " + to + "))\n"
                + "print(pcall(table.concat, { 'x', 'y', 'z' }, ',', " + from + ", " + to + "))";
    }

    private static String around(Random random) {
        return pick(random, "0", "1", "2", "3", "4", "5", "-1", "-2", "-3", "1.9", "-1.9", "'2'", "9", "-9");
    }

    /** Changes of a list, and the list after each of them. */
    private static String list(Random random) {
        int size = random.nextInt(5);
        StringBuilder chunk = new StringBuilder("local t = {");
        for (int i = 0; i < size; i++) {
            chunk.append(random.nextInt(9)).append(", ");
        }
        chunk.append("}\nlocal function show(...) print(#t, table.concat(t, ' '), select('#', ...), ...) end\n");
        for (int i = 0; i < 6; i++) {
            String at = Integer.toString(1 + random.nextInt(size + 1));
            chunk.append(
                    switch (random.nextInt(6)) {
                        case 0 -> "show(table.insert(t, " + i + "))\n";
                        case 1 -> "show(table.insert(t, math.min(" + at + ", #t + 1), " + i + "))\n";
                        case 2 -> "show(table.remove(t))\n";
                        case 3 -> "show(table.remove(t, " + at + "))\n";
                        case 4 -> "show(table.sort(t, function(a, b) return a > b end))\n";
                        default -> "show(table.sort(t))\n";
                    });
        }
        return chunk.toString();
    }

    private static String digits(Random random, int most) {
        return some(random, "0123456789", most);
    }

    private static String some(Random random, String letters, int most) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(i -> Character.toString(letters.charAt(random.nextInt(letters.length()))))
                .collect(Collectors.joining());
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
