package io.wstck.tck.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mutant is a valid class that behaves differently from the original. */
class MutantsTest {
    private static final String SAMPLE = MutantSample.class.getName();

    private final Mutants mutants = new Mutants(new TreeMap<>(Map.of(SAMPLE, bytes())));

    @Test
    void eachMutatorHasAMutant() {
        assertThat(mutants.all()).extracting(MutantsTest::mutator).contains(words());
    }

    @Test
    void namesAreUnique() {
        assertThat(mutants.all()).extracting(Mutant::name).doesNotHaveDuplicates();
    }

    @Test
    void mutantsAreValidClassesThatDiffer() {
        for (Mutant mutant : mutants.all()) {
            byte[] bytes = mutants.bytes(mutant);
            assertThat(ClassFile.of().verify(bytes)).as(mutant.name()).isEmpty();
            assertThat(bytes).as(mutant.name()).isNotEqualTo(bytes());
        }
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("isPositive", "negated-condition", List.of(1), true, false),
                Arguments.of("isPositive", "moved-boundary", List.of(0), false, true),
                Arguments.of("minus", "other-operator", List.of(5, 2), 3, 7),
                Arguments.of("minus", "other-result", List.of(5, 2), 3, 4),
                Arguments.of("seven", "constant-up", List.of(), 7, 8),
                Arguments.of("seven", "constant-down", List.of(), 7, 6),
                Arguments.of("longs", "constant-up", List.of(4L), 8L, 12L),
                Arguments.of("longs", "other-result", List.of(4L), 8L, 9L),
                Arguments.of("text", "other-result", List.of("a"), Optional.of("a"), Optional.empty()),
                Arguments.of("keep", "removed-assignment", List.of(9), 9, 5),
                Arguments.of("sum", "removed-call", List.of(3), 3L, 0L),
                Arguments.of("named", "removed-case", List.of(1), "one", "many"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aMutantBehavesDifferently(String method, String word, List<Object> arguments, Object before, Object after)
            throws ReflectiveOperationException {
        Mutant mutant = mutants.all().stream()
                .filter(one ->
                        one.name().contains("." + method + ":") && mutator(one).equals(word))
                .findFirst()
                .orElseThrow();

        assertThat(call(bytes(), method, arguments)).isEqualTo(before);
        assertThat(call(mutants.bytes(mutant), method, arguments)).isEqualTo(after);
    }

    @Test
    void probesRecordTheReachedPlaces() throws ReflectiveOperationException {
        CoverageProbes.prepare(mutants.places());

        call(mutants.probed(SAMPLE), "seven", List.of());

        Mutant reached = mutants.all().stream()
                .filter(one -> one.name().contains(".seven:"))
                .findFirst()
                .orElseThrow();
        assertThat(CoverageProbes.take().stream()).contains(reached.place()).hasSizeLessThan(mutants.places());
        assertThat(CoverageProbes.take().isEmpty()).isTrue();
    }

    private static String mutator(Mutant mutant) {
        return mutant.name().replaceFirst(".*:", "").replaceFirst("\\..*", "");
    }

    private static String[] words() {
        return Stream.of(Mutator.values()).map(Mutator::word).toArray(String[]::new);
    }

    private static Object call(byte[] bytes, String name, List<Object> arguments) throws ReflectiveOperationException {
        Class<?> type = new OneClass(bytes).loadClass(SAMPLE);
        Method method = Stream.of(type.getMethods())
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
        Object target = type.getDeclaredConstructor().newInstance();
        return method.invoke(target, arguments.toArray());
    }

    private static byte[] bytes() {
        try (InputStream in = MutantSample.class.getResourceAsStream("MutantSample.class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads one class from its bytes and all others as usual. */
    private static final class OneClass extends ClassLoader {
        private final byte[] bytes;

        OneClass(byte[] bytes) {
            super(MutantsTest.class.getClassLoader());
            this.bytes = bytes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(SAMPLE) && findLoadedClass(name) == null
                    ? defineClass(name, bytes, 0, bytes.length)
                    : super.loadClass(name, resolve);
        }
    }
}
