package io.wstck.tck.mutation;

import java.lang.classfile.CodeBuilder;
import java.util.function.Consumer;

/**
 * A replacement for one instruction that has the same effect on the stack.
 *
 * @param code writes the replacement
 */
record InstructionChange(Mutator mutator, Consumer<CodeBuilder> code) {}
