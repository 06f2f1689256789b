package io.wstck.tck.fuzz;

import java.util.function.Supplier;

/**
 * A target and its fuzzing options.
 *
 * @param name for example {@code client-protocol}
 * @param factory creates the target
 * @param maxLength the longest generated input, in bytes
 * @param instrumented the classes whose coverage guides the fuzzer, as Jazzer's globs joined by colons
 */
record NamedTarget(String name, Supplier<FuzzTarget> factory, int maxLength, String instrumented) {
    FuzzTarget open() {
        return factory.get();
    }
}
