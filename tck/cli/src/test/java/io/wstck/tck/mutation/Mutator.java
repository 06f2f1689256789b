package io.wstck.tck.mutation;

/** A kind of replacement for one instruction. */
enum Mutator {
    NEGATED_CONDITION("negated-condition", "a condition holds where it did not, and the other way round"),
    MOVED_BOUNDARY("moved-boundary", "< for <=, > for >=, and the other way round"),
    OTHER_OPERATOR("other-operator", "+ for -, * for /, & for |, << for >>, and the other way round; -- for ++"),
    CONSTANT_UP("constant-up", "a number that is greater by one; true for false"),
    CONSTANT_DOWN("constant-down", "a number that is less by one; false for true"),
    REMOVED_CALL("removed-call", "a method that returns nothing is not called"),
    OTHER_RESULT("other-result", "the opposite, a number that is greater by one, an empty value, or null is returned"),
    REMOVED_ASSIGNMENT("removed-assignment", "a field keeps its value; a counter is not counted up"),
    REMOVED_CASE("removed-case", "a case of a switch goes where its default goes");

    private final String word;
    private final String description;

    Mutator(String word, String description) {
        this.word = word;
        this.description = description;
    }

    /** The word in the name of a mutant. */
    String word() {
        return word;
    }

    /** The description for people. */
    String description() {
        return description;
    }
}
