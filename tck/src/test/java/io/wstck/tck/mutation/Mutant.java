package io.wstck.tck.mutation;

/**
 * The client with one instruction changed.
 *
 * @param name class, method, line and mutator, with a number where these are the same: {@code
 *     io.wstck.client.protocol.FrameReader.read:52:negated-condition.2}
 * @param type name of the changed class
 * @param place number of the changed instruction among those that have a mutant
 * @param method position of the method in its class
 * @param instruction position of the instruction in the method
 * @param change position of the change among those of the instruction
 */
record Mutant(String name, String type, int place, int method, int instruction, int change) {

    /** The package of the changed class. */
    String packageName() {
        return type.substring(0, type.lastIndexOf('.'));
    }
}
