package io.wstck.tck.cli;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.NothingSelectedException;
import io.wstck.tck.cases.Selection;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that select cases. */
final class SelectionOptions {
    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description = "Select cases by the id of the case or clause; * is any text, ? one character. Repeatable.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--skip", paramLabel = "PATTERN", description = "Leave out cases, as for --only. Repeatable.")
    private List<String> skip = new ArrayList<>();

    @Option(
            names = "--level",
            paramLabel = "LEVEL,...",
            split = ",",
            converter = LevelConverter.class,
            hideParamSyntax = true,
            description = "Select cases by level: must, rfc, should, may.")
    private List<Level> levels = new ArrayList<>();

    Selection selection() {
        return new Selection(only, skip, Set.copyOf(levels));
    }

    /** Whether all cases are selected. */
    boolean everything() {
        return selection().equals(Selection.ALL);
    }

    List<TestCase> select(CaseCatalogue cases) throws CommandFailure {
        try {
            return selection().select(cases.cases());
        } catch (NothingSelectedException e) {
            throw CommandFailure.usage(e.getMessage());
        }
    }

    /** Parses a level. */
    static final class LevelConverter implements ITypeConverter<Level> {
        @Override
        public Level convert(String word) {
            try {
                return Level.of(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
