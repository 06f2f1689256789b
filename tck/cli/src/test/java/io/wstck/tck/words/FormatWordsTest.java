package io.wstck.tck.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.lua.errors.ErrorKind;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.text.FormatWord;
import io.wstck.server.wire.Rule;
import io.wstck.tck.judge.CheckKind;
import java.lang.classfile.ClassModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Compares the words of all formats with {@code format-words.txt}, which has one line per type. The file has no names
 * of classes or constants, so renaming one does not change it. A change of the file is a change of a format.
 */
class FormatWordsTest {
    @Test
    void theFormatWordsAreTheReleasedOnes() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : types()) {
            lines.add(Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((FormatWord) constant).word())
                    .collect(Collectors.joining(", ")));
        }
        lines.add(Arrays.stream(ErrorKind.values()).map(ErrorKind::word).collect(Collectors.joining(", ")));
        lines.add(String.join(", ", entries(JournalEntry.class)));

        assertThat(lines.stream().sorted()).containsExactlyElementsOf(released());
    }

    @Test
    void eachWordHasOneConstantPerType() throws Exception {
        for (Class<?> type : types()) {
            assertThat(type.getEnumConstants())
                    .as(type.toString())
                    .extracting(constant -> ((FormatWord) constant).word())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void causesAndSignaturesNameAViolationByItsRule() {
        assertThat(new CheckKind.Violation(Rule.UNMASKED_FRAME).word()).isEqualTo("violation unmasked-frame");
    }

    /** Every enum with format words in all modules. */
    private static List<Class<?>> types() throws Exception {
        List<Class<?>> types = new ArrayList<>();
        for (ClassModel each : CompiledClasses.all()) {
            Class<?> type = Class.forName(
                    each.thisClass().asInternalName().replace('/', '.'), false, FormatWordsTest.class.getClassLoader());
            if (type.isEnum() && FormatWord.class.isAssignableFrom(type)) {
                types.add(type);
            }
        }
        return types;
    }

    /** The words of the kinds of entries, which their records have in constants. */
    private static Set<String> entries(Class<?> type) throws ReflectiveOperationException {
        Set<String> words = new TreeSet<>();
        if (!type.isSealed()) {
            words.add((String) type.getField("TYPE").get(null));
            return words;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            words.addAll(entries(permitted));
        }
        return words;
    }

    private static List<String> released() throws Exception {
        try (var in = FormatWordsTest.class.getResourceAsStream("format-words.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .sorted()
                    .toList();
        }
    }
}
