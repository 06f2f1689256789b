package io.wstck.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The options of the command.
 *
 * @param rounds turns of each client
 * @param turn the time of a turn
 * @param warmUp the time that a client runs before the first round
 * @param only parts of names; a table is printed if its name contains one of them, or if the list is empty
 * @param clients names of clients that are measured besides the raw one; all if the list is empty
 * @param scripts scripts that wait at the same time
 * @param runs plays of all cases
 */
record Options(
        int rounds, Duration turn, Duration warmUp, List<String> only, List<String> clients, int scripts, int runs) {
    static final String USAGE = """
            usage: benchmarks/compare [--short] [--rounds N] [--turn MS] [--warm-up MS] [--only TABLE]… [--client NAME]…
                                      [--scripts N] [--runs N]""";

    private static final Options DEFAULTS =
            new Options(7, Duration.ofMillis(1000), Duration.ofMillis(4000), List.of(), List.of(), 10_000, 5);
    private static final Options SHORT =
            new Options(1, Duration.ofMillis(50), Duration.ofMillis(50), List.of(), List.of(), 20, 0);

    /** Reads the words of the command line. */
    static Options parse(List<String> words) {
        Options options = words.contains("--short") ? SHORT : DEFAULTS;
        for (int index = 0; index < words.size(); index++) {
            String word = words.get(index);
            if (word.equals("--short")) {
                continue;
            }
            if (index + 1 == words.size()) {
                throw new IllegalArgumentException(word + ": expected a value behind it");
            }
            options = options.with(word, words.get(++index));
        }
        return options;
    }

    private Options with(String option, String value) {
        return switch (option) {
            case "--rounds" -> new Options(number(option, value), turn, warmUp, only, clients, scripts, runs);
            case "--turn" ->
                new Options(rounds, Duration.ofMillis(number(option, value)), warmUp, only, clients, scripts, runs);
            case "--warm-up" ->
                new Options(rounds, turn, Duration.ofMillis(number(option, value)), only, clients, scripts, runs);
            case "--only" -> new Options(rounds, turn, warmUp, plus(only, value), clients, scripts, runs);
            case "--client" -> new Options(rounds, turn, warmUp, only, plus(clients, value), scripts, runs);
            case "--scripts" -> new Options(rounds, turn, warmUp, only, clients, number(option, value), runs);
            case "--runs" -> new Options(rounds, turn, warmUp, only, clients, scripts, number(option, value));
            default -> throw new IllegalArgumentException(option + ": no such option");
        };
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(option + ": expected a number from 1, got " + value);
        }
        return Integer.parseInt(value);
    }

    private static List<String> plus(List<String> list, String value) {
        return java.util.stream.Stream.concat(list.stream(), java.util.stream.Stream.of(value))
                .toList();
    }

    /** Returns whether a table is printed. */
    boolean includes(String table) {
        return only.isEmpty()
                || only.stream()
                        .anyMatch(part -> table.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)));
    }

    /** Returns whether a client is measured. */
    boolean includesClient(String name) {
        return clients.isEmpty() || clients.contains(name);
    }
}
