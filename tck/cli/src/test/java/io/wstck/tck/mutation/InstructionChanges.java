package io.wstck.tck.mutation;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All replacements of one instruction. Equivalent mutants are left out: sizes and indexes of arrays for variable
 * arguments, suppressed exceptions, and replacements that equal another mutator's.
 */
final class InstructionChanges {
    private static final Map<Opcode, Opcode> NEGATED = bothWays(
            Opcode.IFEQ, Opcode.IFNE,
            Opcode.IFLT, Opcode.IFGE,
            Opcode.IFGT, Opcode.IFLE,
            Opcode.IF_ICMPEQ, Opcode.IF_ICMPNE,
            Opcode.IF_ICMPLT, Opcode.IF_ICMPGE,
            Opcode.IF_ICMPGT, Opcode.IF_ICMPLE,
            Opcode.IF_ACMPEQ, Opcode.IF_ACMPNE,
            Opcode.IFNULL, Opcode.IFNONNULL);

    private static final Map<Opcode, Opcode> BOUNDARIES = bothWays(
            Opcode.IFLT, Opcode.IFLE,
            Opcode.IFGT, Opcode.IFGE,
            Opcode.IF_ICMPLT, Opcode.IF_ICMPLE,
            Opcode.IF_ICMPGT, Opcode.IF_ICMPGE);

    private static final Map<Opcode, Opcode> OPERATORS = operators();

    private static final Map<String, String> EMPTY = Map.of(
            "java.util.Optional", "empty",
            "java.util.List", "of",
            "java.util.Set", "of",
            "java.util.Map", "of");

    private InstructionChanges() {}

    /**
     * The replacements of one instruction.
     *
     * @param code all instructions of its method
     * @param returned the return type of its method
     */
    static List<InstructionChange> of(List<Instruction> code, int index, ClassDesc returned) {
        return switch (code.get(index)) {
            case BranchInstruction branch -> branch(branch);
            case OperatorInstruction operator -> operator(operator);
            case IncrementInstruction increment -> increment(increment);
            case ConstantInstruction constant when !fillsArray(code, index) -> constant(constant);
            case InvokeInstruction call -> call(call);
            case FieldInstruction field -> assignment(field);
            case ReturnInstruction _ when !(before(code, index) instanceof ConstantInstruction) -> result(returned);
            case LookupSwitchInstruction choice
            when !isHashSwitch(before(code, index)) ->
                cases(
                        choice.cases(),
                        choice.defaultTarget(),
                        (to, left) -> to.lookupswitch(choice.defaultTarget(), left));
            case TableSwitchInstruction choice ->
                cases(
                        choice.cases(),
                        choice.defaultTarget(),
                        (to, left) ->
                                to.tableswitch(choice.lowValue(), choice.highValue(), choice.defaultTarget(), left));
            default -> List.of();
        };
    }

    private static List<InstructionChange> branch(BranchInstruction branch) {
        List<InstructionChange> changes = new ArrayList<>();
        Opcode negated = NEGATED.get(branch.opcode());
        if (negated != null) {
            changes.add(new InstructionChange(Mutator.NEGATED_CONDITION, to -> to.branch(negated, branch.target())));
        }
        Opcode moved = BOUNDARIES.get(branch.opcode());
        if (moved != null) {
            changes.add(new InstructionChange(Mutator.MOVED_BOUNDARY, to -> to.branch(moved, branch.target())));
        }
        return changes;
    }

    private static List<InstructionChange> operator(OperatorInstruction operator) {
        Opcode other = OPERATORS.get(operator.opcode());
        return other == null
                ? List.of()
                : List.of(new InstructionChange(Mutator.OTHER_OPERATOR, to -> to.with(OperatorInstruction.of(other))));
    }

    private static List<InstructionChange> increment(IncrementInstruction increment) {
        return List.of(
                new InstructionChange(Mutator.OTHER_OPERATOR, to -> to.iinc(increment.slot(), -increment.constant())),
                new InstructionChange(Mutator.REMOVED_ASSIGNMENT, CodeBuilder::nop));
    }

    private static List<InstructionChange> constant(ConstantInstruction constant) {
        return switch (constant.constantValue()) {
            case Integer number -> numbers(number, (to, value) -> to.loadConstant(Math.toIntExact(value)));
            case Long number -> numbers(number, CodeBuilder::loadConstant);
            default -> List.of();
        };
    }

    private static List<InstructionChange> numbers(long number, ValueWriter<Long> write) {
        List<InstructionChange> changes = new ArrayList<>();
        // In bytecode 0 and 1 are also false and true, so no other number may become 0 or 1.
        if (number != 1 && number != Integer.MAX_VALUE) {
            changes.add(new InstructionChange(Mutator.CONSTANT_UP, to -> write.write(to, number + 1)));
        }
        if (number != 0 && number != Integer.MIN_VALUE) {
            changes.add(new InstructionChange(Mutator.CONSTANT_DOWN, to -> write.write(to, number - 1)));
        }
        return changes;
    }

    private static List<InstructionChange> call(InvokeInstruction call) {
        String name = call.name().stringValue();
        MethodTypeDesc type = call.typeSymbol();
        if (name.startsWith("<") || name.equals("addSuppressed") || TypeKind.from(type.returnType()) != TypeKind.VOID) {
            return List.of();
        }
        return List.of(new InstructionChange(Mutator.REMOVED_CALL, to -> {
            type.parameterList().reversed().forEach(parameter -> pop(to, parameter));
            if (call.opcode() != Opcode.INVOKESTATIC) {
                to.pop();
            }
        }));
    }

    private static List<InstructionChange> assignment(FieldInstruction field) {
        return switch (field.opcode()) {
            case PUTFIELD ->
                List.of(new InstructionChange(Mutator.REMOVED_ASSIGNMENT, to -> {
                    pop(to, field.typeSymbol());
                    to.pop();
                }));
            case PUTSTATIC ->
                List.of(new InstructionChange(Mutator.REMOVED_ASSIGNMENT, to -> pop(to, field.typeSymbol())));
            default -> List.of();
        };
    }

    private static void pop(CodeBuilder to, ClassDesc type) {
        if (TypeKind.from(type).slotSize() == 2) {
            to.pop2();
        } else {
            to.pop();
        }
    }

    private static List<InstructionChange> result(ClassDesc returned) {
        return switch (TypeKind.from(returned)) {
            case VOID, FLOAT, DOUBLE -> List.of();
            case BOOLEAN -> result(to -> to.iconst_1().ixor().ireturn());
            case BYTE, CHAR, SHORT, INT -> result(to -> to.iconst_1().iadd().ireturn());
            case LONG -> result(to -> to.lconst_1().ladd().lreturn());
            case REFERENCE -> result(to -> empty(to.pop(), returned).areturn());
        };
    }

    private static List<InstructionChange> result(Consumer<CodeBuilder> code) {
        return List.of(new InstructionChange(Mutator.OTHER_RESULT, code));
    }

    private static CodeBuilder empty(CodeBuilder to, ClassDesc type) {
        if (type.isArray()) {
            return to.aconst_null();
        }
        String name = type.packageName() + "." + type.displayName();
        if (name.equals("java.lang.String")) {
            return to.loadConstant("");
        }
        String factory = EMPTY.get(name);
        if (factory == null) {
            return to.aconst_null();
        }
        boolean ofInterface = !factory.equals("empty");
        return to.invokestatic(type, factory, MethodTypeDesc.of(type), ofInterface);
    }

    private static List<InstructionChange> cases(
            List<SwitchCase> cases, Label fallback, ValueWriter<List<SwitchCase>> write) {
        return IntStream.range(0, cases.size())
                .filter(index -> !cases.get(index).target().equals(fallback))
                .mapToObj(index -> {
                    List<SwitchCase> left = new ArrayList<>(cases);
                    left.set(index, SwitchCase.of(cases.get(index).caseValue(), fallback));
                    return new InstructionChange(
                            Mutator.REMOVED_CASE, to -> write.write(to, Collections.unmodifiableList(left)));
                })
                .toList();
    }

    /** Writes an instruction with a value. */
    @FunctionalInterface
    private interface ValueWriter<T> {
        void write(CodeBuilder to, T value);
    }

    /**
     * Whether it is the size of a new array, or an index of an array that is being filled, as for variable arguments.
     */
    private static boolean fillsArray(List<Instruction> code, int index) {
        boolean indexes = before(code, index) instanceof StackInstruction stack && stack.opcode() == Opcode.DUP;
        boolean sizes = index + 1 < code.size() && code.get(index + 1) instanceof NewReferenceArrayInstruction;
        return indexes || sizes;
    }

    /** Whether a switch over hash codes of texts follows. A second switch has the same cases. */
    private static boolean isHashSwitch(Instruction before) {
        return before instanceof InvokeInstruction call && call.name().equalsString("hashCode");
    }

    private static Instruction before(List<Instruction> code, int index) {
        // A placeholder before the first instruction. No caller looks for an array load.
        return index == 0 ? ArrayLoadInstruction.of(Opcode.AALOAD) : code.get(index - 1);
    }

    private static Map<Opcode, Opcode> bothWays(Opcode... pairs) {
        return IntStream.range(0, pairs.length)
                .boxed()
                .collect(Collectors.toUnmodifiableMap(at -> pairs[at], at -> pairs[at ^ 1]));
    }

    private static Map<Opcode, Opcode> operators() {
        Map<Opcode, Opcode> operators = new EnumMap<>(Opcode.class);
        operators.putAll(bothWays(
                Opcode.IADD, Opcode.ISUB,
                Opcode.LADD, Opcode.LSUB,
                Opcode.DADD, Opcode.DSUB,
                Opcode.IMUL, Opcode.IDIV,
                Opcode.LMUL, Opcode.LDIV,
                Opcode.DMUL, Opcode.DDIV,
                Opcode.IAND, Opcode.IOR,
                Opcode.LAND, Opcode.LOR,
                Opcode.ISHL, Opcode.ISHR,
                Opcode.LSHL, Opcode.LSHR));
        operators.put(Opcode.IREM, Opcode.IMUL);
        operators.put(Opcode.LREM, Opcode.LMUL);
        operators.put(Opcode.IXOR, Opcode.IAND);
        operators.put(Opcode.LXOR, Opcode.LAND);
        operators.put(Opcode.IUSHR, Opcode.ISHL);
        operators.put(Opcode.LUSHR, Opcode.LSHL);
        return operators;
    }
}
