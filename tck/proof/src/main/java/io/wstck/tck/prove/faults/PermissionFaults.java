package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;
import static io.wstck.tck.prove.faults.FaultFactory.lua;

import io.wstck.tck.implementation.ImplementationSession.Context;
import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.Mechanism;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Faults of the connection policy and of the execution context. Stateless. */
final class PermissionFaults {
    private static final String CONNECT = "websocket.connect";
    private static final String CONNECT_URL = "websocket.connect.url";

    private PermissionFaults() {}

    static List<Fault> all() {
        return List.of(
                lua(
                        "permission.judged-after-dialling",
                        breaks("permission.connect", "permission.url", "permission.url-scope"),
                        "TCP is connected before the policy is asked",
                        """
                        local connect = module.connect
                        function module.connect(url, options)
                          local made, err = connect(url, options)
                          if not made and errors.is(err, errors.PERMISSION_DENIED) then kit.dial(url) end
                          return made, err
                        end
                        """),
                policy(
                        "permission.ignored",
                        breaks(
                                "permission.connect",
                                "permission.url",
                                "permission.url-scope",
                                "permission.resource",
                                "errors.is"),
                        "the policy is not asked",
                        _ -> List.of()),
                policy(
                                "permission.connect-not-asked",
                                breaks("permission.connect"),
                                "only the action websocket.connect.url is checked",
                                rules -> rules.stream()
                                        .filter(rule -> !rule.action().equals(CONNECT))
                                        .toList())
                        .exclusive(),
                policy(
                        "permission.denied-unless-allowed",
                        breaks("permission.allowed"),
                        "actions without a rule are denied",
                        PermissionFaults::denyRest),
                policy(
                                "permission.connect-judged-with-url",
                                breaks("permission.allowed"),
                                "websocket.connect is checked with the URL as its resource",
                                rules -> rules.stream()
                                        .map(rule -> rule.action().equals(CONNECT)
                                                        && rule.resource().isPresent()
                                                ? new PolicyRule(rule.effect(), CONNECT_URL, rule.resource())
                                                : rule)
                                        .toList())
                        .exclusive(),
                policy(
                        "permission.every-url",
                        breaks("permission.url-scope", "permission.resource"),
                        "a rule for one URL applies to all URLs",
                        rules -> rules.stream()
                                .map(rule -> new PolicyRule(rule.effect(), rule.action(), Optional.empty()))
                                .toList()),
                policy(
                                "permission.url-by-prefix",
                                breaks("permission.resource"),
                                "a rule for a URL applies to every URL that begins with it",
                                rules -> rules.stream()
                                        .map(rule -> new PolicyRule(
                                                rule.effect(),
                                                rule.action(),
                                                rule.resource().map(url -> url + "*")))
                                        .toList())
                        .exclusive(),
                lua(
                        "permission.judged-without-dot-segments",
                        breaks("permission.resource"),
                        "dot segments are removed from the path before the URL is checked",
                        connecting("""
                                if type(url) == "string" then
                                  url = url:gsub("/[^/?]+/%.%./", "/"):gsub("/%./", "/")
                                end
                                """)),
                lua(
                        "permission.judged-decoded",
                        breaks("permission.resource"),
                        "escapes of letters are decoded before the URL is checked",
                        connecting("""
                                if type(url) == "string" then
                                  url = url:gsub("%%(%x%x)", function(hex)
                                    local char = string.char(tonumber(hex, 16))
                                    return char:match("%a")
                                  end)
                                end
                                """)),
                lua(
                        "permission.judged-with-upper-case-escapes",
                        breaks("permission.resource"),
                        "escapes are changed to upper case before the URL is checked",
                        connecting("if type(url) == \"string\" then url = url:gsub(\"%%%x%x\", string.upper) end")),
                lua(
                        "permission.judged-with-sorted-query",
                        breaks("permission.resource"),
                        "the query is sorted and an empty query is removed before the URL is checked",
                        connecting("""
                                local path, query = tostring(url):match("^([^?]*)%?(.*)$")
                                if path then
                                  local parameters = {}
                                  for parameter in query:gmatch("[^&]+") do parameters[#parameters + 1] = parameter end
                                  table.sort(parameters)
                                  url = path .. (#parameters > 0 and "?" .. table.concat(parameters, "&") or "")
                                end
                                """)),
                new Fault(
                                "context.ignored",
                                breaks("errors.no-context"),
                                "connect works outside an execution context",
                                List.of(new Mechanism.ChangedContext(_ -> Context.PRESENT)))
                        .exclusive());
    }

    private static Fault policy(
            String id, List<String> breaks, String statement, UnaryOperator<List<PolicyRule>> rules) {
        return new Fault(id, breaks, statement, List.of(new Mechanism.ChangedPolicy(rules)));
    }

    private static List<PolicyRule> denyRest(List<PolicyRule> rules) {
        if (rules.stream().anyMatch(rule -> rule.effect() == PolicyRule.Effect.ALLOW)) {
            return rules;
        }
        List<PolicyRule> denying = new ArrayList<>(rules);
        denying.add(new PolicyRule(PolicyRule.Effect.DENY, CONNECT, Optional.empty()));
        return denying;
    }
}
