package io.wstck.tck.mutation;

import java.lang.classfile.CodeBuilder;
import java.util.function.Consumer;

/**
 * Other code in the place of one instruction, which leaves the stack as the instruction does.
 *
 * @param code writes it
 */
record Change(Mutator mutator, Consumer<CodeBuilder> code) {}
