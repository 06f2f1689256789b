package io.wstck.tck.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * One requirement of the documentation or of a standard, as {@code clauses.yaml} states it.
 *
 * @param id stable, describes the behaviour, for example {@code close.default}
 * @param section title of the section that contains it
 * @param also further levels that single cases of it may have
 * @param source the section of the documentation or of a standard
 * @param basis the texts that bind a client at level <em>rfc</em>; empty if no case has that level
 * @param inferred why the documentation implies the requirement, if it does not state it
 * @param untestable why the requirement, or a part of it, cannot be tested
 * @param unprovable why no faulty client can be kept that its cases must detect
 * @param profile the only profile that plays its cases; absent: every profile
 * @param breach a sentence about a client that breaks the requirement
 * @param cause id of the clause whose breach the findings of its cases are reported as; its own id: no finding of its
 * cases has a shared cause
 * @param web id of the clause that replaces it in profile web
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
        List<AcceptedOutcome> accepts,
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

    /** Returns whether the clause names itself as its cause. No finding of its cases then has a shared cause. */
    public boolean ownsItsFindings() {
        return cause.filter(id::equals).isPresent();
    }

    /** Returns whether only profile <em>web</em> plays its cases. */
    public boolean isWebOnly() {
        return profile.filter(Profile.WEB::equals).isPresent();
    }

    /** Returns the sentence why profile <em>web</em> skips a replaced case. */
    public static String replacedReason(String webClause) {
        return "the WHATWG standard demands otherwise: " + webClause;
    }

    /** Returns the contract of a case of this clause at a level. */
    public Contract contract(Level atLevel) {
        return Contract.of(atLevel, source);
    }

    /** Returns whether a case of this clause may have the level {@code candidate}. */
    public boolean allows(Level candidate) {
        return candidate == level || also.contains(candidate);
    }
}
