package io.wstck.tck.mutation;

/**
 * The client with one changed instruction.
 *
 * @param name class, method, line and mutator, with a number if these are the same: {@code
 * io.wstck.client.protocol.FrameHeader.read:52:negated-condition.2}
 * @param type the name of the changed class
 * @param place the number of the changed instruction among those that have a mutant
 * @param method the index of the method in its class
 * @param instruction the index of the instruction in the method
 * @param change the index of the replacement among those of the instruction
 */
record Mutant(String name, String type, int place, int method, int instruction, int change) {

    /** The package of the changed class. */
    String packageName() {
        return type.substring(0, type.lastIndexOf('.'));
    }
}
