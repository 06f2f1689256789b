package io.wstck.tck.mutation;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseFile;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.catalogue.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The cases that mutants are played against.
 *
 * @param all the cases of profile {@code api}
 * @param files the files of these cases
 */
record MutationCases(List<TestCase> all, List<CaseFile> files) {

    /** Loads the shipped cases, or the cases of a folder. */
    static MutationCases load(Optional<Path> folder) throws IOException, CaseFileException {
        List<CaseFile> files = folder.isPresent() ? CaseSource.folder(folder.get()) : CaseSource.shipped();
        List<TestCase> all = CaseCatalogue.load(ClauseCatalogue.load(), files).cases().stream()
                .filter(testCase -> Profile.API.plays(testCase.clause()))
                .toList();
        return new MutationCases(all, files);
    }

    /** A digest of the cases and the classes. Coverage with another key is out of date. */
    String key(Mutants mutants) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach(file -> digest.update(file.source().getBytes(StandardCharsets.UTF_8)));
            mutants.types().forEach(type -> digest.update(mutants.original(type)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
