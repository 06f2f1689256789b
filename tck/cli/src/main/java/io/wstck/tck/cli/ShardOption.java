package io.wstck.tck.cli;

import io.wstck.tck.cases.Shard;
import io.wstck.tck.cases.TestCase;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that selects one shard of the cases. */
final class ShardOption {
    @Option(
            names = "--shard",
            paramLabel = "I/N",
            converter = ShardConverter.class,
            description = "Play the I-th of N shards. The command merge joins them.")
    private Optional<Shard> shard = Optional.empty();

    Optional<Shard> shard() {
        return shard;
    }

    List<TestCase> select(List<TestCase> selected) throws CommandFailure {
        if (shard.isEmpty()) {
            return selected;
        }
        List<TestCase> part = selected.stream()
                .filter(testCase -> shard.get().contains(testCase.id()))
                .toList();
        if (part.isEmpty()) {
            throw CommandFailure.usage("--shard: expected a shard with cases, got " + shard.get()
                    + ", which has none of the " + selected.size() + " selected cases");
        }
        return part;
    }

    /** Parses {@code i/n}. */
    static final class ShardConverter implements ITypeConverter<Shard> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,4})/([0-9]{1,4})");

        @Override
        public Shard convert(String word) {
            Matcher form = FORM.matcher(word);
            if (!form.matches()) {
                throw new TypeConversionException("expected i/n, such as 1/3, got \"" + word + "\"");
            }
            try {
                return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
