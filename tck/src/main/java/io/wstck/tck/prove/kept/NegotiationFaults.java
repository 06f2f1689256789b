package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.lua;
import static io.wstck.tck.prove.kept.Faults.wire;

import io.wstck.tck.prove.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Faults of the answer to an offer of permessage-deflate (RFC 7692 §5, §7.1). Stateless. */
final class NegotiationFaults {
    private static final String ANSWERS = "options.compression.answers";
    private static final String NEGOTIATION = "rfc7692.negotiation.answers";
    private static final String WINDOW = "server_max_window_bits";
    private static final Set<String> KNOWN =
            Set.of("server_no_context_takeover", "client_no_context_takeover", WINDOW, "client_max_window_bits");

    private NegotiationFaults() {}

    static List<Fault> all() {
        return Stream.of(accepted(), refused(), form()).flatMap(List::stream).toList();
    }

    /** Wrong parameters that are accepted. */
    private static List<Fault> accepted() {
        return List.of(
                wire(
                        "deflate-answer.client-bits-accepted",
                        breaks(ANSWERS),
                        "client_max_window_bits is accepted, though it was not offered",
                        Extensions.without(parameter -> parameter.startsWith("client_max_window_bits"))),
                wire(
                        "deflate-answer.unknown-accepted",
                        breaks(ANSWERS),
                        "an unknown parameter is passed over",
                        Extensions.without(parameter -> !KNOWN.contains(name(parameter)))),
                wire(
                        "deflate-answer.twice-accepted",
                        breaks(ANSWERS),
                        "of a parameter that comes twice the first counts",
                        Extensions.parameters(NegotiationFaults::firstOfEachName)),
                wire(
                        "deflate-answer.out-of-range-accepted",
                        breaks(ANSWERS),
                        "server_max_window_bits is accepted with any value",
                        Extensions.without(parameter -> name(parameter).equals(WINDOW))),
                lua(
                        "deflate-answer.wrong-window-breaks-client",
                        breaks(ANSWERS),
                        "an answer with a wrong server_max_window_bits is refused, and so is every connect after it",
                        """
                        local connect, broken = module.connect, nil
                        function module.connect(...)
                          if broken then return nil, broken end
                          local made, err = connect(...)
                          if err and err:message():find("server_max_window_bits", 1, true) then broken = err end
                          return made, err
                        end
                        """),
                wire(
                        "deflate-answer.value-accepted",
                        breaks(ANSWERS),
                        "server_no_context_takeover and client_no_context_takeover are accepted with a value",
                        Extensions.parameters(all -> all.stream()
                                .map(parameter -> parameter.contains("no_context") ? name(parameter) : parameter)
                                .toList())));
    }

    /** Good parameters that are refused, or not heeded. */
    private static List<Fault> refused() {
        return List.of(
                wire(
                        "deflate-answer.server-no-context-refused",
                        breaks(ANSWERS),
                        "server_no_context_takeover is refused",
                        Extensions.refusing(value -> value.contains("server_no_context_takeover"))),
                wire(
                        "deflate-answer.client-no-context-refused",
                        breaks(ANSWERS, NEGOTIATION),
                        "client_no_context_takeover is refused",
                        Extensions.refusing(value -> value.contains("client_no_context_takeover"))),
                wire(
                        "deflate-answer.server-bits-refused",
                        breaks(ANSWERS),
                        "server_max_window_bits is refused",
                        Extensions.refusing(value -> value.contains(WINDOW))),
                wire(
                        "deflate-answer.quoted-refused",
                        breaks(ANSWERS),
                        "a value in quotes is refused",
                        Extensions.refusing(value -> value.contains("\""))),
                wire(
                        "deflate-answer.client-no-context-ignored",
                        breaks(ANSWERS, NEGOTIATION, "rfc7692.deflate.client"),
                        "the client's window is kept, though the answer has client_no_context_takeover",
                        Extensions.without(parameter -> name(parameter).equals("client_no_context_takeover"))));
    }

    /** The list of extensions, and the forms in which it can be written. */
    private static List<Fault> form() {
        return List.of(
                wire(
                        "deflate-answer.second-extension-accepted",
                        breaks(NEGOTIATION),
                        "of several extensions in the answer the first counts",
                        Extensions.answer(value -> before(',', value))),
                wire(
                        "deflate-answer.case-ignored",
                        breaks(NEGOTIATION),
                        "the names of extensions are compared without case",
                        Extensions.answer(value -> value.toLowerCase(Locale.ROOT))),
                wire(
                        "deflate-answer.malformed-accepted",
                        breaks(NEGOTIATION),
                        "an answer that is no list of extensions is accepted for the name that it begins with",
                        Extensions.answer(value -> value.startsWith("permessage-deflate")
                                        && value.matches(".*(;\\s*$|;\\s*;|=\\d+=|\"[^\"]*$|\"\\w+$).*")
                                ? "permessage-deflate"
                                : value)),
                wire(
                        "deflate-answer.empty-elements-refused",
                        breaks(NEGOTIATION),
                        "a list of extensions with an empty element is refused",
                        Extensions.refusing(value -> value.startsWith(",") || value.endsWith(","))),
                wire(
                        "deflate-answer.escape-refused",
                        breaks(NEGOTIATION),
                        "a value in quotes that has an escaped character is refused",
                        Extensions.refusing(value -> value.matches(".*\"\\w*\\\\\\w+\"$"))),
                wire(
                        "deflate-answer.quoted-text-accepted",
                        breaks(NEGOTIATION),
                        "a value in quotes that begins with digits, after blanks or not, is accepted for them",
                        Extensions.answer(value -> value.replaceAll("\"[ \\t]*(\\d+)[^\"\\w]*\"+$", "$1"))),
                wire(
                        "deflate-answer.backslash-at-end-accepted",
                        breaks(NEGOTIATION),
                        "a value in quotes that ends with a backslash and no quote is accepted",
                        Extensions.answer(value -> value.replaceAll("\"(\\d+)\\\\$", "$1"))),
                wire(
                        "deflate-answer.spaces-refused",
                        breaks(NEGOTIATION),
                        "an answer with more than one space in a row is refused",
                        Extensions.refusing(value -> value.contains("  ") || value.contains("\t"))));
    }

    private static List<String> firstOfEachName(List<String> parameters) {
        Set<String> names = new HashSet<>();
        return parameters.stream()
                .filter(parameter -> names.add(name(parameter)))
                .toList();
    }

    private static String name(String parameter) {
        return before('=', parameter).strip();
    }

    private static String before(char end, String text) {
        int index = text.indexOf(end);
        return index < 0 ? text : text.substring(0, index);
    }
}
