package io.wstck.tck.mutation;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/** Replaces loaded classes of this JVM. {@code -javaagent} starts it. */
public final class RedefinitionAgent {
    private static volatile Instrumentation instrumentation;

    private RedefinitionAgent() {}

    public static void premain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /**
     * Replaces the code of a class. Running methods keep their old code until they return.
     *
     * @throws LinkageError if the bytes are not a valid class
     */
    static void redefine(String type, byte[] bytes) {
        try {
            Class<?> loaded = Class.forName(type);
            instrumentation.redefineClasses(new ClassDefinition(loaded, bytes));
        } catch (ClassNotFoundException | UnmodifiableClassException e) {
            throw new IllegalStateException("expected a class of the client that can be changed, got " + type, e);
        }
    }
}
