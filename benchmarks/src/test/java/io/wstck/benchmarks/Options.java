package io.wstck.benchmarks;

import io.wstck.benchmarks.peer.PeerKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The options of the command. For one thread. */
final class Options {
    static final String USAGE = """
            usage: benchmarks/compare [--short] [--rounds N] [--turn MS] [--warm-up MS] [--only TABLE]...
                                      [--client NAME]... [--baseline CLASSES] [--scripts N] [--runs N]""";

    private int rounds = 7;
    private Duration turn = Duration.ofSeconds(1);
    private Duration warmUp = Duration.ofSeconds(4);
    private final List<String> only = new ArrayList<>();
    private final List<String> clients = new ArrayList<>();
    private Optional<String> baseline = Optional.empty();
    private int scripts = 10_000;
    private int runs = 5;

    private Options() {}

    /**
     * Reads the words of the command line.
     *
     * @throws IllegalArgumentException if one of them is not an option, or has a value that is not valid
     */
    static Options parse(List<String> words) {
        Options options = new Options();
        if (words.contains("--short")) {
            options.shorten();
        }
        for (int index = 0; index < words.size(); index++) {
            String word = words.get(index);
            if (word.equals("--short")) {
                continue;
            }
            if (index + 1 == words.size()) {
                throw new IllegalArgumentException(word + ": expected a value behind it");
            }
            options.set(word, words.get(++index));
        }
        return options;
    }

    private void shorten() {
        rounds = 1;
        turn = Duration.ofMillis(20);
        warmUp = Duration.ofMillis(20);
        scripts = 20;
        runs = 0;
        // Every library once, and the scripts: the other tables start the same programs.
        only.add("clients, 64 b × 64");
        only.add("waiting");
    }

    private void set(String option, String value) {
        switch (option) {
            case "--rounds" -> rounds = number(option, value);
            case "--turn" -> turn = Duration.ofMillis(number(option, value));
            case "--warm-up" -> warmUp = Duration.ofMillis(number(option, value));
            case "--only" -> only.add(value.toLowerCase(Locale.ROOT));
            case "--client" -> clients.add(client(value));
            case "--baseline" -> baseline = Optional.of(value);
            case "--scripts" -> scripts = number(option, value);
            case "--runs" -> runs = number(option, value);
            default -> throw new IllegalArgumentException(option + ": no such option");
        }
    }

    private static String client(String value) {
        List<String> names = Stream.of(PeerKind.values()).map(PeerKind::option).toList();
        if (!names.contains(value)) {
            throw new IllegalArgumentException("--client: expected one of " + names + ", got " + value);
        }
        return value;
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(option + ": expected a number from 1, got " + value);
        }
        return Integer.parseInt(value);
    }

    /** Returns the number of turns of each client. */
    int rounds() {
        return rounds;
    }

    /** Returns the time of a turn. */
    Duration turn() {
        return turn;
    }

    /** Returns the time that a client runs before the first round. */
    Duration warmUp() {
        return warmUp;
    }

    /** Returns the number of scripts that wait at the same time. */
    int scripts() {
        return scripts;
    }

    /** Returns the number of times that each command of the kit runs; 0 for none. */
    int runs() {
        return runs;
    }

    /** Returns a folder with other classes of the bundled client, to be measured beside those of this build. */
    Optional<String> baseline() {
        return baseline;
    }

    /** Returns whether a table is printed. */
    boolean includes(String table) {
        return only.isEmpty() || only.stream().anyMatch(table.toLowerCase(Locale.ROOT)::contains);
    }

    /** Returns whether a client is measured. */
    boolean includesClient(String name) {
        return clients.isEmpty() || clients.contains(name);
    }
}
