package io.wstck.tck.autobahn.serve;

import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the case that a driver asks for, by {@code case=N} or {@code casetuple=1.1.1}. If both are given, the first one
 * wins. As in the original, blanks around a number, a plus sign and leading zeros are ignored.
 */
record CaseLookup(AutobahnPlan plan) {
    private static final Pattern NUMBER = Pattern.compile("\\+?0*([0-9]{1,9})");

    /**
     * The case that {@code query} asks for.
     *
     * @throws BadRequestException if it asks for no case, or for one that is not served
     */
    AutobahnCase find(DriverQuery query) throws BadRequestException {
        Optional<String> position = query.value("case");
        Optional<String> tuple = query.value("casetuple");
        if (position.isPresent()) {
            return byPosition(position.get());
        }
        return byId(tuple.orElseThrow(() -> new BadRequestException(
                "expected the parameter case, a number, or casetuple, a case id; got neither")));
    }

    private AutobahnCase byPosition(String position) throws BadRequestException {
        int number = number(position).orElse(0);
        if (number < 1 || number > plan.cases().size()) {
            throw new BadRequestException("the parameter case: expected a number from 1 to "
                    + plan.cases().size() + ", got \"" + position + "\"");
        }
        return plan.cases().get(number - 1);
    }

    private AutobahnCase byId(String tuple) throws BadRequestException {
        return plan.cases().stream()
                .filter(testCase -> testCase.id().numbers().equals(numbers(tuple)))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("the parameter casetuple: expected the id of one of the "
                        + plan.cases().size() + " cases that are served, got \"" + tuple + "\""));
    }

    /** The numbers between the dots; an empty list if one part is not a number. */
    private static List<Integer> numbers(String tuple) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : tuple.split("\\.", -1)) {
            OptionalInt number = number(part);
            if (number.isEmpty()) {
                return List.of();
            }
            numbers.add(number.getAsInt());
        }
        return numbers;
    }

    private static OptionalInt number(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
