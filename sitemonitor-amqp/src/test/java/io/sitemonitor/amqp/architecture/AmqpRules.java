package io.sitemonitor.amqp.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;

/** The rules of this module. */
final class AmqpRules {
    private static final String[] USED = {
        "java..",
        "javax..",
        "io.sitemonitor..",
        "com.rabbitmq.client..",
        "tools.jackson..",
        "io.micrometer..",
        "org.slf4j..",
        "org.jspecify.."
    };

    private AmqpRules() {}

    /** The rules by name, for the packages below a root. */
    static Map<String, ArchRule> below(String root) {
        Map<String, ArchRule> rules = new TreeMap<>();
        rules.put(
                "the back room is for the front room",
                noClasses()
                        .that()
                        .resideOutsideOfPackages(root, root + ".internal..", root + ".check..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(root + ".internal.."));
        rules.put(
                "messages know nothing of the broker",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".message..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.rabbitmq.."));
        rules.put(
                "nobody imports the checks",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(root + ".check..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(root + ".check.."));
        rules.put(
                "nobody imports the meters, and nobody else imports Micrometer",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(root + ".metrics..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(root + ".metrics..", "io.micrometer.."));
        rules.put(
                "checks make no client",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".check..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.rabbitmq.."));
        rules.put(
                "back rooms of the core are closed",
                noClasses()
                        .should()
                        .dependOnClassesThat(resideInAPackage("io.sitemonitor..internal..")
                                .and(resideOutsideOfPackage(root + ".."))));
        rules.put("no other library", noClasses().should().dependOnClassesThat().resideOutsideOfPackages(USED));
        rules.put(
                "folders have no cycles",
                slices().matching(root + ".(*)..").should().beFreeOfCycles());
        rules.put(
                "only a TimeSource reads the clock",
                noClasses()
                        .should()
                        .accessTargetWhere(access(System.class, "currentTimeMillis", "nanoTime")
                                .or(access(Instant.class, "now"))));
        rules.put("no sleep", noClasses().should().accessTargetWhere(access(Thread.class, "sleep")));
        rules.put("no standard streams", GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
        rules.put(
                "statics are final",
                fields().that()
                        .areStatic()
                        .and()
                        .doNotHaveModifier(JavaModifier.SYNTHETIC)
                        .should()
                        .beFinal()
                        .allowEmptyShould(true));
        rules.put("packages are null-marked", classes().should(ArchCondition.from(inANullMarkedPackage())));
        return rules;
    }

    private static DescribedPredicate<JavaAccess<?>> access(Class<?> owner, String... names) {
        return describe(
                owner.getSimpleName() + "." + List.of(names),
                access -> access.getTargetOwner().isEquivalentTo(owner)
                        && List.of(names).contains(access.getTarget().getName()));
    }

    private static DescribedPredicate<JavaClass> inANullMarkedPackage() {
        return describe(
                "be in a package whose package-info is @NullMarked",
                type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }
}
