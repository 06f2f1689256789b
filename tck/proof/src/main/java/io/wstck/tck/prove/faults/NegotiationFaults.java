package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.wire;

import io.wstck.tck.prove.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Faults in handling the server's answer to an offer of permessage-deflate (RFC 7692 §5, §7.1). Stateless. */
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

    /** Faults that accept wrong parameters. */
    private static List<Fault> accepted() {
        return List.of(
                wire(
                        "deflate-answer.client-bits-accepted",
                        breaks(ANSWERS),
                        "client_max_window_bits is accepted although it was not offered",
                        ExtensionHeaderTamperings.without(parameter -> parameter.startsWith("client_max_window_bits"))),
                wire(
                        "deflate-answer.unknown-accepted",
                        breaks(ANSWERS),
                        "an unknown parameter is ignored",
                        ExtensionHeaderTamperings.without(parameter -> !KNOWN.contains(name(parameter)))),
                wire(
                        "deflate-answer.twice-accepted",
                        breaks(ANSWERS),
                        "the first of two equal parameters is used",
                        ExtensionHeaderTamperings.parameters(NegotiationFaults::firstOfEachName)),
                wire(
                        "deflate-answer.out-of-range-accepted",
                        breaks(ANSWERS),
                        "server_max_window_bits is accepted with any value",
                        ExtensionHeaderTamperings.without(
                                parameter -> name(parameter).equals(WINDOW))),
                lua(
                        "deflate-answer.wrong-window-breaks-client",
                        breaks(ANSWERS),
                        "a wrong server_max_window_bits makes every later connect fail",
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
                        ExtensionHeaderTamperings.parameters(all -> all.stream()
                                .map(parameter -> parameter.contains("no_context") ? name(parameter) : parameter)
                                .toList())));
    }

    /** Faults that refuse or ignore valid parameters. */
    private static List<Fault> refused() {
        return List.of(
                wire(
                        "deflate-answer.server-no-context-refused",
                        breaks(ANSWERS),
                        "server_no_context_takeover is refused",
                        ExtensionHeaderTamperings.refusing(value -> value.contains("server_no_context_takeover"))),
                wire(
                        "deflate-answer.client-no-context-refused",
                        breaks(ANSWERS, NEGOTIATION),
                        "client_no_context_takeover is refused",
                        ExtensionHeaderTamperings.refusing(value -> value.contains("client_no_context_takeover"))),
                wire(
                        "deflate-answer.server-bits-refused",
                        breaks(ANSWERS),
                        "server_max_window_bits is refused",
                        ExtensionHeaderTamperings.refusing(value -> value.contains(WINDOW))),
                wire(
                        "deflate-answer.quoted-refused",
                        breaks(ANSWERS),
                        "a quoted value is refused",
                        ExtensionHeaderTamperings.refusing(value -> value.contains("\""))),
                wire(
                        "deflate-answer.client-no-context-ignored",
                        breaks(ANSWERS, NEGOTIATION, "rfc7692.deflate.client"),
                        "client_no_context_takeover in the response is ignored",
                        ExtensionHeaderTamperings.without(
                                parameter -> name(parameter).equals("client_no_context_takeover"))));
    }

    /** Faults in parsing the list of extensions in its various forms. */
    private static List<Fault> form() {
        return List.of(
                wire(
                        "deflate-answer.second-extension-accepted",
                        breaks(NEGOTIATION),
                        "the first of several extensions in the response is used",
                        ExtensionHeaderTamperings.answer(value -> before(',', value))),
                wire(
                        "deflate-answer.case-ignored",
                        breaks(NEGOTIATION),
                        "the names of extensions are compared case-insensitively",
                        ExtensionHeaderTamperings.answer(value -> value.toLowerCase(Locale.ROOT))),
                wire(
                        "deflate-answer.malformed-accepted",
                        breaks(NEGOTIATION),
                        "a malformed list of extensions is accepted if it begins with the right name",
                        ExtensionHeaderTamperings.answer(value -> value.startsWith("permessage-deflate")
                                        && value.matches(".*(;\\s*$|;\\s*;|=\\d+=|\"[^\"]*$|\"\\w+$).*")
                                ? "permessage-deflate"
                                : value)),
                wire(
                        "deflate-answer.empty-elements-refused",
                        breaks(NEGOTIATION),
                        "a list of extensions with an empty element is refused",
                        ExtensionHeaderTamperings.refusing(value -> value.startsWith(",") || value.endsWith(","))),
                wire(
                        "deflate-answer.escape-refused",
                        breaks(NEGOTIATION),
                        "a quoted value with an escaped character is refused",
                        ExtensionHeaderTamperings.refusing(value -> value.matches(".*\"\\w*\\\\\\w+\"$"))),
                wire(
                        "deflate-answer.quoted-text-accepted",
                        breaks(NEGOTIATION),
                        "a quoted value that begins with digits is accepted, even after blanks",
                        ExtensionHeaderTamperings.answer(
                                value -> value.replaceAll("\"[ \\t]*(\\d+)[^\"\\w]*\"+$", "$1"))),
                wire(
                        "deflate-answer.backslash-at-end-accepted",
                        breaks(NEGOTIATION),
                        "a quoted value that ends with a backslash instead of a quote is accepted",
                        ExtensionHeaderTamperings.answer(value -> value.replaceAll("\"(\\d+)\\\\$", "$1"))),
                wire(
                        "deflate-answer.spaces-refused",
                        breaks(NEGOTIATION),
                        "a response with several spaces in a row is refused",
                        ExtensionHeaderTamperings.refusing(value -> value.contains("  ") || value.contains("\t"))));
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
