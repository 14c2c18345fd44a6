package io.sitemonitor.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** What a good guest in somebody else's application does not do. */
final class CodingRules {
    private CodingRules() {}

    /** The rules by name. */
    static Map<String, ArchRule> of(Rooms rooms) {
        Map<String, ArchRule> named = new TreeMap<>();
        named.put(
                "no java.util.logging",
                noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging"));
        named.put("no standard streams", GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
        named.put(
                "no exit",
                noClasses().should().accessTargetWhere(call("the end of the host", CodingRules::endsTheHost)));
        named.put("no sleep", noClasses().should().accessTargetWhere(call("a sleep", CodingRules::sleeps)));
        named.put(
                "only time reads the clock",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(rooms.below("time"))
                        .should()
                        .accessTargetWhere(call("the system's clock", CodingRules::readsTheClock)));
        named.put("packages are null-marked", classes().should(beInANullMarkedPackage()));
        named.put("statics are constants", fields().that().areStatic().should(beConstants()));
        return named;
    }

    /** Calls and method references alike. */
    private static DescribedPredicate<JavaAccess<?>> call(String what, Predicate<CodeUnitAccessTarget> called) {
        return DescribedPredicate.describe(
                what, access -> access.getTarget() instanceof CodeUnitAccessTarget target && called.test(target));
    }

    private static boolean endsTheHost(CodeUnitAccessTarget called) {
        String name = called.getName();
        return called.getOwner().isEquivalentTo(System.class) && name.equals("exit")
                || called.getOwner().isEquivalentTo(Runtime.class) && (name.equals("exit") || name.equals("halt"));
    }

    private static boolean sleeps(CodeUnitAccessTarget called) {
        return called.getName().equals("sleep")
                && (called.getOwner().isEquivalentTo(Thread.class)
                        || called.getOwner().isEquivalentTo(TimeUnit.class));
    }

    private static boolean readsTheClock(CodeUnitAccessTarget called) {
        JavaClass owner = called.getOwner();
        String name = called.getName();
        return owner.isEquivalentTo(System.class) && (name.equals("currentTimeMillis") || name.equals("nanoTime"))
                || owner.isEquivalentTo(Clock.class) && name.startsWith("system")
                || owner.isAssignableTo(TemporalAccessor.class) && name.equals("now") && !takesAClock(called)
                || owner.isEquivalentTo(Date.class)
                        && name.equals("<init>")
                        && called.getRawParameterTypes().isEmpty();
    }

    private static boolean takesAClock(CodeUnitAccessTarget called) {
        return called.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package whose package-info is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, type.getPackageName() + " is not @NullMarked: " + type.getName()));
            }
        };
    }

    private static ArchCondition<JavaField> beConstants() {
        return new ArchCondition<>("be final and of a type that does not change") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                boolean madeByCompiler = field.getModifiers().contains(JavaModifier.SYNTHETIC);
                boolean constant = field.getModifiers().contains(JavaModifier.FINAL) && !changes(field);
                events.add(new SimpleConditionEvent(
                        field, madeByCompiler || constant, field.getFullName() + " is static state that can change"));
            }
        };
    }

    /** Whether the value can change although the field is final. A private array is taken for a table of constants. */
    private static boolean changes(JavaField field) {
        JavaClass type = field.getRawType();
        boolean collection = type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
        return collection && !type.isInterface()
                || type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE)
                || type.getPackageName().startsWith("java.util.concurrent") && !type.isEnum()
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(Thread.class)
                || type.isAssignableTo(Random.class)
                || type.isAssignableTo(Date.class)
                || type.isEquivalentTo(StringBuilder.class);
    }
}
