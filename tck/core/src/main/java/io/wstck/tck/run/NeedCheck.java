package io.wstck.tck.run;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.Need;
import io.wstck.tck.implementation.Description;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Explains why a case does not apply to an implementation, based on its description. Stateless. */
final class NeedCheck {
    private NeedCheck() {}

    /**
     * Returns the reason as a sentence, or empty if the case applies. Cases with the same missing needs have the same
     * sentence, and reports group them by it.
     */
    static Optional<String> of(Set<Need> needs, Description description) {
        TreeSet<Capability> missing = new TreeSet<>();
        for (Need need : needs) {
            if (need instanceof Capability capability
                    && !description.capabilities().contains(capability)) {
                missing.add(capability);
            }
        }
        return missing.isEmpty()
                ? needs.stream()
                        .sorted(Need.ORDER)
                        .flatMap(need -> description.behaviour().unmetReason(need).stream())
                        .findFirst()
                : Optional.of(missing(missing, description.name()));
    }

    private static String missing(Set<Capability> missing, String name) {
        for (Capability lua : List.of(Capability.LUA, Capability.CONSTANTS)) {
            if (missing.contains(lua)) {
                return "provided by the kit, not by " + name + ", which does not claim: " + lua.word();
            }
        }
        return name + " does not have: "
                + missing.stream().map(Capability::word).collect(Collectors.joining(", "));
    }
}
