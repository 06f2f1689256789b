package io.wstck.tck.autobahn.serve;

import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.spec.Plan;
import java.util.Optional;

/** Finds the case that a driver asks for, by {@code case=N} or {@code casetuple=1.1.1}; the first wins when both are there. */
record AskedCase(Plan plan) {
    /**
     * The case that {@code query} asks for.
     *
     * @throws BadRequestException when it asks for none, or for one that is not served
     */
    AutobahnCase of(Query query) throws BadRequestException {
        Optional<String> place = query.value("case");
        Optional<String> tuple = query.value("casetuple");
        if (place.isPresent()) {
            return at(place.get());
        }
        return find(tuple.orElseThrow(() -> new BadRequestException(
                "expected the parameter case, a number, or casetuple, a case id; got neither")));
    }

    private AutobahnCase at(String place) throws BadRequestException {
        int number = place.matches("[0-9]{1,9}") ? Integer.parseInt(place) : 0;
        if (number < 1 || number > plan.cases().size()) {
            throw new BadRequestException("the parameter case: expected a number from 1 to "
                    + plan.cases().size() + ", got \"" + place + "\"");
        }
        return plan.cases().get(number - 1);
    }

    private AutobahnCase find(String tuple) throws BadRequestException {
        return plan.cases().stream()
                .filter(one -> one.id().toString().equals(tuple))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("the parameter casetuple: expected the id of one of the "
                        + plan.cases().size() + " cases that are served, got \"" + tuple + "\""));
    }
}
