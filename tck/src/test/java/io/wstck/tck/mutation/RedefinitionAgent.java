package io.wstck.tck.mutation;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/** Changes loaded classes of this JVM; {@code -javaagent} starts it. */
public final class RedefinitionAgent {
    private static volatile Instrumentation instrumentation;

    private RedefinitionAgent() {}

    public static void premain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /**
     * Gives a class other code. Code that is being executed stays as it is until it returns.
     *
     * @throws LinkageError when the bytes are no valid class
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
