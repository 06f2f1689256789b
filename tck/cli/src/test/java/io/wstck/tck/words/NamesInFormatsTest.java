package io.wstck.tck.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No text that the kit writes or reads comes from the name of a class or a constant. A renaming must not change a
 * format.
 *
 * <p>The test finds each call of {@code name}, {@code toString} and {@code valueOf(String)} of an enum, as an
 * instruction or a method reference. It finds each call that gets the name of a class. It also finds each enum in a
 * concatenation or in an array of objects, as for {@code String.format}, right after it was read from a field, a
 * variable or a call. It does not find the result of a conditional expression.
 */
class NamesInFormatsTest {
    private static final Set<String> OF_CLASSES =
            Set.of("getSimpleName", "getName", "getTypeName", "getCanonicalName", "descriptorString", "toString");

    /** The words of the client are Lua constants. Cases compare them. */
    private static final String CLIENT = "io/wstck/client/";

    /**
     * Messages for people. They name the class of a user's client or exception, or the object that the server could not
     * create.
     */
    private static final Set<String> PERMITTED = Set.of(
            "io.wstck.server.certificate.Certificates.context makes text of io/wstck/server/certificate/CertificateKind",
            "io.wstck.tck.agent.AgentMain.create calls java/lang/Class.getName",
            "io.wstck.tck.agent.AgentMain.run calls java/lang/Class.getName",
            "io.wstck.tck.implementation.SafeText.of calls java/lang/Class.getName");

    private static List<ClassModel> classes;
    private static Set<String> enums;

    @BeforeAll
    static void read() throws Exception {
        classes = CompiledClasses.all();
        enums = classes.stream()
                .filter(each -> each.superclass()
                        .filter(parent -> parent.asInternalName().equals("java/lang/Enum"))
                        .isPresent())
                .map(each -> each.thisClass().asInternalName())
                .collect(Collectors.toSet());
        enums.add("java/lang/Enum");
    }

    @Test
    void noTextUsesTheNameOfAClassOrAConstant() {
        Set<String> found = new TreeSet<>();
        for (ClassModel each : classes) {
            for (MethodModel method : each.methods()) {
                if (!isOfCompiler(each, method)
                        && !each.thisClass().asInternalName().startsWith(CLIENT)) {
                    method.code().ifPresent(code -> {
                        String place = place(each, method);
                        code.forEach(element -> add(place, element, found));
                        addTexts(place, (CodeAttribute) code, found);
                    });
                }
            }
        }

        assertThat(found).isEqualTo(new TreeSet<>(PERMITTED));
    }

    @Test
    void theKitsClassesAreRead() {
        assertThat(classes).hasSizeGreaterThan(1000);
        assertThat(enums).contains("io/wstck/tck/judge/Verdict", "io/wstck/server/wire/Rule");
    }

    /** Whether the compiler adds this method to each enum. */
    private static boolean isOfCompiler(ClassModel type, MethodModel method) {
        return enums.contains(type.thisClass().asInternalName())
                && Set.of("valueOf", "$values").contains(method.methodName().stringValue());
    }

    private static String place(ClassModel type, MethodModel method) {
        return type.thisClass().asInternalName().replace('/', '.') + "."
                + method.methodName().stringValue();
    }

    private static void add(String place, CodeElement element, Set<String> found) {
        switch (element) {
            case InvokeInstruction call -> {
                String owner = call.owner().asInternalName();
                if (isName(owner, call.name().stringValue(), call.typeSymbol().descriptorString())) {
                    found.add(place + " calls " + owner + "." + call.name().stringValue());
                }
            }
            case InvokeDynamicInstruction dynamic -> addDynamic(place, dynamic, found);
            default -> {}
        }
    }

    private static void addDynamic(String place, InvokeDynamicInstruction dynamic, Set<String> found) {
        for (LoadableConstantEntry argument :
                dynamic.invokedynamic().bootstrap().arguments()) {
            if (argument instanceof MethodHandleEntry handle) {
                DirectMethodHandleDesc method = handle.asSymbol();
                if (isName(internal(method.owner()), method.methodName(), method.lookupDescriptor())) {
                    found.add(place + " refers to " + internal(method.owner()) + "." + method.methodName());
                }
            }
        }
    }

    /** Adds each enum that a concatenation, or a method with an {@code Object} parameter, turns into text. */
    private static void addTexts(String place, CodeAttribute code, Set<String> found) {
        int at = 0;
        Optional<String> pushed = Optional.empty();
        for (CodeElement element : code) {
            if (element instanceof Instruction instruction) {
                if (makesText(instruction)) {
                    pushed.filter(enums::contains).ifPresent(type -> found.add(place + " makes text of " + type));
                }
                pushed = pushed(instruction, code, at);
                at += instruction.sizeInBytes();
            }
        }
    }

    private static boolean makesText(Instruction instruction) {
        if (instruction instanceof ArrayStoreInstruction store) {
            // For example an argument of String.format.
            return store.typeKind() == TypeKind.REFERENCE;
        }
        return instruction instanceof InvokeInstruction call
                && switch (call.name().stringValue()) {
                    case "valueOf", "toString", "append" ->
                        call.typeSymbol().parameterList().equals(List.of(ConstantDescs.CD_Object));
                    default -> false;
                };
    }

    /** The type of the value that an instruction leaves on the stack, if the instruction tells it. */
    private static Optional<String> pushed(Instruction instruction, CodeAttribute code, int at) {
        return switch (instruction) {
            case InvokeInstruction call -> reference(call.typeSymbol().returnType());
            case FieldInstruction field -> reference(field.typeSymbol());
            case TypeCheckInstruction cast -> Optional.of(cast.type().asInternalName());
            case LoadInstruction load -> local(load, code, at);
            default -> Optional.empty();
        };
    }

    private static Optional<String> local(LoadInstruction load, CodeAttribute code, int at) {
        return code.elementStream()
                .filter(LocalVariable.class::isInstance)
                .map(LocalVariable.class::cast)
                .filter(variable -> variable.slot() == load.slot()
                        && code.labelToBci(variable.startScope()) <= at
                        && at < code.labelToBci(variable.endScope()))
                .findFirst()
                .flatMap(variable -> reference(variable.typeSymbol()));
    }

    private static Optional<String> reference(ClassDesc type) {
        return type.isClassOrInterface() ? Optional.of(internal(type)) : Optional.empty();
    }

    private static boolean isName(String owner, String name, String descriptor) {
        if (owner.equals("java/lang/Class")) {
            return OF_CLASSES.contains(name);
        }
        return enums.contains(owner)
                && switch (name) {
                    case "name" -> true;
                    case "toString" -> !overridesToString(owner);
                    case "valueOf" -> descriptor.contains("Ljava/lang/String;)");
                    default -> false;
                };
    }

    private static boolean overridesToString(String type) {
        return classes.stream()
                .filter(each -> each.thisClass().asInternalName().equals(type))
                .flatMap(each -> each.methods().stream())
                .anyMatch(method -> method.methodName().equalsString("toString"));
    }

    private static String internal(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }
}
