package io.wstck.tck.mutation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** All mutants of some classes, in an order that depends only on the classes. Immutable. */
final class Mutants {
    private static final ClassDesc PROBES = ClassDesc.of(CoverageProbes.class.getName());
    private static final MethodTypeDesc REACHED = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);

    /** Methods whose results are for people, or that the compiler generates. */
    private static final Set<String> LEFT_OUT =
            Set.of("toString", "equals", "hashCode", "values", "valueOf", "$values", "<clinit>");

    private final SortedMap<String, byte[]> classes;
    private final List<Mutant> all = new ArrayList<>();
    private final Map<String, Map<InstructionPosition, Integer>> placesByClass = new HashMap<>();
    private int places;

    /** The position of an instruction in its class. */
    private record InstructionPosition(int method, int instruction) {}

    /**
     * @param classes bytes by class name
     */
    Mutants(SortedMap<String, byte[]> classes) {
        this.classes = classes;
        classes.forEach(this::find);
    }

    /** All mutants. */
    List<Mutant> all() {
        return List.copyOf(all);
    }

    /** The number of instructions that have a mutant. */
    int places() {
        return places;
    }

    private void find(String type, byte[] bytes) {
        Map<String, Integer> named = new HashMap<>();
        Map<InstructionPosition, Integer> spots = new HashMap<>();
        List<MethodModel> methods = ClassFile.of().parse(bytes).methods();
        for (int method = 0; method < methods.size(); method++) {
            MethodModel model = methods.get(method);
            if (leftOut(model)) {
                continue;
            }
            List<Instruction> code = instructions(model);
            List<Integer> lines = lines(model);
            for (int index = 0; index < code.size(); index++) {
                List<InstructionChange> changes = InstructionChanges.of(
                        code, index, model.methodTypeSymbol().returnType());
                if (!changes.isEmpty()) {
                    spots.put(new InstructionPosition(method, index), places);
                }
                for (int change = 0; change < changes.size(); change++) {
                    String name = type + "." + model.methodName().stringValue() + ":" + lines.get(index) + ":"
                            + changes.get(change).mutator().word();
                    int number = named.merge(name, 1, Integer::sum);
                    all.add(new Mutant(number == 1 ? name : name + "." + number, type, places, method, index, change));
                }
                places += changes.isEmpty() ? 0 : 1;
            }
        }
        placesByClass.put(type, spots);
    }

    private static boolean leftOut(MethodModel method) {
        String name = method.methodName().stringValue();
        boolean generated = method.flags().has(AccessFlag.SYNTHETIC) && !name.startsWith("lambda$");
        return method.code().isEmpty() || generated || LEFT_OUT.contains(name);
    }

    private static List<Instruction> instructions(MethodModel method) {
        return method.code()
                .orElseThrow()
                .elementStream()
                .filter(Instruction.class::isInstance)
                .map(Instruction.class::cast)
                .toList();
    }

    /** The source line of each instruction. */
    private static List<Integer> lines(MethodModel method) {
        List<Integer> lines = new ArrayList<>();
        int line = 0;
        for (CodeElement element : method.code().orElseThrow()) {
            if (element instanceof LineNumber number) {
                line = number.line();
            } else if (element instanceof Instruction) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** The bytes of the mutant's class. */
    byte[] bytes(Mutant mutant) {
        ClassFile format = ClassFile.of();
        ClassModel model = format.parse(classes.get(mutant.type()));
        MethodModel method = model.methods().get(mutant.method());
        InstructionChange change = InstructionChanges.of(
                        instructions(method),
                        mutant.instruction(),
                        method.methodTypeSymbol().returnType())
                .get(mutant.change());
        return rewrite(format, model, (position, index, to, instruction) -> {
            if (position == mutant.method() && index == mutant.instruction()) {
                change.code().accept(to);
            } else {
                to.with(instruction);
            }
        });
    }

    /** The bytes of a class that calls {@link CoverageProbes} before each place. */
    byte[] probed(String type) {
        ClassFile format = ClassFile.of();
        Map<InstructionPosition, Integer> spots = placesByClass.get(type);
        return rewrite(format, format.parse(classes.get(type)), (position, index, to, instruction) -> {
            Integer place = spots.get(new InstructionPosition(position, index));
            if (place != null) {
                to.loadConstant(place.intValue()).invokestatic(PROBES, "reached", REACHED);
            }
            to.with(instruction);
        });
    }

    /** The bytes of the unchanged class. */
    byte[] original(String type) {
        return classes.get(type);
    }

    /** The names of the classes. */
    Set<String> types() {
        return classes.keySet();
    }

    /** Writes the replacement of an instruction. */
    @FunctionalInterface
    private interface InstructionRewriter {
        void write(int method, int index, CodeBuilder to, Instruction instruction);
    }

    private static byte[] rewrite(ClassFile format, ClassModel model, InstructionRewriter rewriting) {
        return format.transformClass(model, (to, element) -> {
            if (element instanceof MethodModel method && method.code().isPresent()) {
                int position = model.methods().indexOf(method);
                to.transformMethod(
                        method,
                        MethodTransform.transformingCode(
                                CodeTransform.ofStateful(() -> counting(position, rewriting))));
            } else {
                to.with(element);
            }
        });
    }

    private static CodeTransform counting(int method, InstructionRewriter rewriting) {
        int[] next = {0};
        return (to, element) -> {
            if (element instanceof Instruction instruction) {
                rewriting.write(method, next[0]++, to, instruction);
            } else {
                to.with(element);
            }
        };
    }
}
