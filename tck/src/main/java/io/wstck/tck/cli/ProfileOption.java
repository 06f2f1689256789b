package io.wstck.tck.cli;

import io.wstck.tck.catalogue.Profile;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that says which contracts bind. */
final class ProfileOption {
    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            converter = ProfileWord.class,
            description =
                    "What binds the client: api (the documented API and the RFCs), protocol (the RFCs), or web (the"
                            + " RFCs as the WHATWG standard changes them). A failure of what does not bind is a warning.")
    private Optional<Profile> profile = Optional.empty();

    Optional<Profile> chosen() {
        return profile;
    }

    /** The option as it must be repeated to judge in the same way again; empty if it was not given. */
    String again() {
        return profile.map(given -> " --profile " + given.word()).orElse("");
    }

    /** Reads a profile by its word. */
    static final class ProfileWord implements ITypeConverter<Profile> {
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
