package io.wstck.tck.cli;

import io.wstck.tck.cases.CaseExcerpt;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.AcceptedOutcome;
import io.wstck.tck.catalogue.Basis;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Need;
import io.wstck.tck.report.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Explains a case or a clause in lines, which are not escaped.
 *
 * @param rerun the command line that plays one case, without the id of the case; used if the last run has no command
 * line
 */
record Explanation(String rerun) {

    List<String> of(TestCase testCase, List<String> lastRun, Optional<String> again) {
        List<String> lines = new ArrayList<>();
        lines.add(testCase.id() + "  " + testCase.title());
        lines.add("level        " + testCase.level().word());
        lines.add("contract     " + testCase.contract().phrase());
        lines.add("clause       " + testCase.clause().id());
        lines.addAll(requirement(testCase.clause()));
        replaced(testCase.web()).ifPresent(lines::add);
        if (!testCase.needs().isEmpty()) {
            lines.add("needs        "
                    + testCase.needs().stream()
                            .sorted(Need.ORDER)
                            .map(Need::word)
                            .collect(Collectors.joining(", ")));
        }
        lines.add("case         " + testCase.position());
        CaseExcerpt.of(testCase.file().source(), testCase.position().line()).forEach(line -> lines.add("    " + line));
        lines.addAll(lastRun);
        lines.add("rerun        " + again.orElseGet(() -> rerun(testCase.clause(), testCase.id())));
        return lines;
    }

    List<String> of(Clause clause, List<TestCase> cases, Optional<String> again) {
        List<String> lines = new ArrayList<>();
        lines.add(clause.id() + "  " + clause.section());
        lines.add("level        " + clause.level().word()
                + clause.also().stream()
                        .map(Level::word)
                        .map(word -> ", also " + word)
                        .collect(Collectors.joining()));
        lines.addAll(requirement(clause));
        replaced(clause.web()).ifPresent(lines::add);
        List<TestCase> own = cases.stream()
                .filter(testCase -> testCase.clause().id().equals(clause.id()))
                .toList();
        lines.add("cases        " + (own.isEmpty() ? "none" : ""));
        own.forEach(testCase -> lines.add("    " + testCase.id() + "  " + testCase.title()));
        if (!own.isEmpty()) {
            lines.add("rerun        " + again.orElseGet(() -> rerun(clause, clause.id())));
        }
        return lines;
    }

    private static Optional<String> replaced(Optional<String> webClause) {
        return webClause.map(id -> "in web       skipped: " + Clause.replacedReason(id));
    }

    private String rerun(Clause clause, String id) {
        String profile =
                clause.profile().map(only -> " --profile " + only.word()).orElse("");
        return rerun + profile + " --only " + ShellWord.quote(id);
    }

    private static List<String> requirement(Clause clause) {
        List<String> lines = new ArrayList<>();
        lines.add("requirement  " + clause.statement());
        clause.profile().ifPresent(profile -> lines.add("profile      " + profile.word() + " only"));
        lines.add("source       " + clause.source());
        clause.basis().forEach(basis -> lines.add("basis        " + phrase(basis)));
        clause.inferred().ifPresent(why -> lines.add("inferred     " + why));
        for (AcceptedOutcome accepted : clause.accepts()) {
            String reason = accepted.reason().isEmpty() ? "" : ": " + accepted.reason();
            lines.add("accepts      " + accepted.id() + " (" + accepted.outcome() + ")" + reason);
        }
        clause.untestable().ifPresent(why -> lines.add("untestable   " + why));
        clause.unprovable().ifPresent(why -> lines.add("unprovable   " + why));
        return lines;
    }

    private static String phrase(Basis basis) {
        String kind = switch (basis) {
            case Basis.ClientMust _, Basis.Grammar _, Basis.Whatwg _ -> basis.word();
            case Basis.MeaninglessBytes meaningless ->
                meaningless.word() + " (" + meaningless.breach().statement() + ")";
        };
        return kind + ", " + basis.section() + ": \"" + basis.quote() + "\"";
    }
}
