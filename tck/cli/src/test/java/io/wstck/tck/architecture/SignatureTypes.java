package io.wstck.tck.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.HashSet;
import java.util.Set;

/** Collects the types that users of a class see. */
final class SignatureTypes {
    private SignatureTypes() {}

    /**
     * The types in declarations that other packages see: parents, methods, constructors, exceptions, fields, type
     * arguments.
     */
    static Set<JavaClass> of(JavaClass type) {
        Set<JavaClass> named = new HashSet<>();
        if (!isSeen(type)) {
            return named;
        }
        type.getInterfaces().forEach(parent -> add(named, parent));
        type.getSuperclass().ifPresent(parent -> add(named, parent));
        for (JavaCodeUnit unit : type.getCodeUnits()) {
            if (isSeen(unit.getModifiers())) {
                add(named, unit.getReturnType());
                unit.getParameterTypes().forEach(parameter -> add(named, parameter));
                unit.getExceptionTypes().forEach(named::add);
            }
        }
        for (JavaField field : type.getFields()) {
            if (isSeen(field.getModifiers())) {
                add(named, field.getType());
            }
        }
        return named;
    }

    private static void add(Set<JavaClass> named, JavaType type) {
        named.addAll(type.getAllInvolvedRawTypes());
    }

    private static boolean isSeen(JavaClass type) {
        return isSeen(type.getModifiers())
                && type.getEnclosingClass().map(SignatureTypes::isSeen).orElse(true);
    }

    private static boolean isSeen(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
