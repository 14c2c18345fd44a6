package io.sitemonitor.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The libraries with a home: packages outside of which they are not met. */
enum Library {
    OKHTTP(
            List.of("okhttp3..", "okio..", "kotlin.."),
            List.of("check.internal.http", "check.http", "check.grpc", "check.rdap", "alert.*", "guard")),
    RESILIENCE4J(List.of("io.github.resilience4j.."), List.of("breaker.internal", "guard")),
    MICROMETER(List.of("io.micrometer.."), List.of("metrics")),
    JACKSON(
            List.of("tools.jackson..", "com.fasterxml.jackson.."),
            List.of("alert", "check.internal.http", "check.http", "check.rdap", "store")),
    JSON_PATH(List.of("com.jayway.jsonpath.."), List.of("check.http")),
    MUSTACHE(List.of("com.samskivert.mustache.."), List.of("alert")),
    MAIL(List.of("jakarta.mail..", "jakarta.activation..", "org.eclipse.angus.."), List.of("alert.email")),
    DNSJAVA(List.of("org.xbill.DNS.."), List.of("check.dns", "target.dns")),
    XML(List.of("org.w3c.dom..", "org.xml.sax.."), List.of("check.http")),
    JFR(List.of("jdk.jfr.."), List.of("alert.jfr")),
    JDK_MANAGEMENT(List.of("com.sun.management.."), List.of("check.jvm")),
    JDBC(
            List.of("java.sql..", "javax.sql.."),
            List.of("check.internal.sql", "check.jdbc", "target.jdbc", "store.jdbc"));

    /** What any class may use: the JDK and two libraries of a few classes. */
    private static final List<String> AT_HOME_EVERYWHERE =
            List.of("java..", "javax..", "org.slf4j..", "org.jspecify..");

    private final List<String> packages;
    private final List<String> homes;

    Library(List<String> packages, List<String> homes) {
        this.packages = packages;
        this.homes = homes;
    }

    /** Nobody outside its homes uses the library. */
    ArchRule staysHome(Rooms rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages());
    }

    /** Whether any of the classes uses it. */
    DescribedPredicate<JavaClass> isUsed() {
        return DescribedPredicate.describe(
                "use " + this,
                type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> JavaClass.Predicates.resideInAnyPackage(packages())
                                .test(dependency.getTargetClass())));
    }

    /** No class uses a library that has no home here. */
    static ArchRule haveAHome(String root) {
        String[] known = Stream.concat(
                        Stream.concat(AT_HOME_EVERYWHERE.stream(), Stream.of(root + "..")),
                        Arrays.stream(values()).flatMap(library -> library.packages.stream()))
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> unknown = JavaClass.Predicates.resideOutsideOfPackages(known)
                .and(DescribedPredicate.describe(
                        "are no primitives",
                        type -> !type.getBaseComponentType().isPrimitive()));
        return noClasses().should().dependOnClassesThat(unknown);
    }

    private String[] packages() {
        return packages.toArray(String[]::new);
    }

    private String[] homes(Rooms rooms) {
        return homes.stream().map(rooms::below).toArray(String[]::new);
    }
}
