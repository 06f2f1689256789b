package io.wstck.tck.implementation.script;

import io.wstck.tck.implementation.PolicyRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The permissions and limits of a script, and the receivers of its output.
 *
 * @param rules judge each connect, see {@link ScriptRules}
 * @param trust a file with the only certificates to trust, in PEM; empty for those that Java trusts
 * @param memoryLimit the bytes that the script may allocate in all; empty for no limit
 * @param output takes each line that the script prints, on the script's thread; it returns false when the output is
 * closed, which ends the script
 * @param trace watches the connections; empty if nothing does
 */
public record ScriptSettings(
        List<PolicyRule> rules,
        Optional<Path> trust,
        OptionalLong memoryLimit,
        Predicate<String> output,
        Optional<ScriptTrace> trace) {
    public ScriptSettings {
        rules = List.copyOf(rules);
    }
}
