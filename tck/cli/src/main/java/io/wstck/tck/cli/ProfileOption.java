package io.wstck.tck.cli;

import io.wstck.tck.catalogue.Profile;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option for the profile, which decides which contracts bind. */
final class ProfileOption {
    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            converter = ProfileConverter.class,
            description =
                    "The contracts that bind: api (the documented API and the RFCs), protocol (the RFCs) or web (as browsers).")
    private Optional<Profile> profile = Optional.empty();

    Optional<Profile> chosen() {
        return profile;
    }

    /** The option for a command line that uses the same profile again, or an empty string. */
    String rerunOptions() {
        return profile.map(given -> " --profile " + given.word()).orElse("");
    }

    /** Parses a profile. */
    static final class ProfileConverter implements ITypeConverter<Profile> {
        @Override
        public Profile convert(String word) {
            try {
                return Profile.of(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
