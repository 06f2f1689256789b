package io.wstck.benchmarks;

import java.util.List;

/** The processor core that a process may use, by {@code taskset}. */
enum CorePinning {
    /** Any core. */
    NONE(""),
    /** The first core. */
    FIRST("0"),
    /** The second core. */
    SECOND("1");

    private final String core;

    CorePinning(String core) {
        this.core = core;
    }

    /** Returns the words that stand before a command. */
    List<String> prefix() {
        return core.isEmpty() ? List.of() : List.of("taskset", "-c", core);
    }
}
