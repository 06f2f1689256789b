package io.wstck.tck.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * One documented behaviour.
 *
 * @param id stable and semantic, for example {@code close.default}
 * @param section title of the section it stands in
 * @param also further levels that single cases of it may carry
 * @param source the section of the documentation, or of a standard
 * @param basis what each requirement at the level <em>rfc</em> rests on; empty where no case carries that level
 * @param inferred why the documentation implies it, where it does not say it
 * @param untestable why it, or a part of it, cannot be tested
 * @param unprovable why no faulty client can be kept that its cases must notice
 * @param profile the only profile that plays its cases; absent: every one
 * @param breach what a client does that breaks it, as a sentence
 * @param cause id of the clause as whose breach findings of its cases are told, where it is another one; its own id: every finding of its cases
 *     is a breach of it, even one that would tell of a shared cause in a case of another clause
 * @param web id of the clause that the WHATWG standard demands in its place
 */
public record Clause(
        String id,
        String section,
        String statement,
        Level level,
        List<Level> also,
        String source,
        List<Basis> basis,
        Optional<String> inferred,
        List<Accepted> accepts,
        Optional<String> untestable,
        Optional<String> unprovable,
        Optional<Profile> profile,
        Optional<String> breach,
        Optional<String> cause,
        Optional<String> web) {

    public Clause {
        also = List.copyOf(also);
        basis = List.copyOf(basis);
        accepts = List.copyOf(accepts);
    }

    /** Whether its cases are played in profile <em>web</em> alone. */
    public boolean isWebOnly() {
        return profile.filter(Profile.WEB::equals).isPresent();
    }

    /** Why profile <em>web</em> skips what this clause replaces, as a sentence. */
    public static String demandedInstead(String webClause) {
        return "the WHATWG standard demands otherwise: " + webClause;
    }

    /** The contract of a case of this clause at that level. */
    public Contract contract(Level of) {
        return Contract.of(of, source);
    }

    /** Whether a case of this clause may carry {@code candidate} as its level. */
    public boolean allows(Level candidate) {
        return candidate == level || also.contains(candidate);
    }
}
