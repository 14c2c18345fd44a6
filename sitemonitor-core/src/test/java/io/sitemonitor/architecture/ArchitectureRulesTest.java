package io.sitemonitor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule fails where it should: seen on fixtures, which are a small house of their own with everything wrong. */
class ArchitectureRulesTest {
    private static final String ROOT = "io.sitemonitor.architecture.fixtures";
    private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(ROOT);

    /** What each rule says of the fixtures: a part of one line for each way to break it. */
    private static final Map<String, List<String>> FOUND = Map.ofEntries(
            Map.entry("arrows point down", List.of("Checks.alert>", "Checks.host>", "Testing.host>")),
            Map.entry("back rooms are private", List.of("Alerts.back>")),
            Map.entry(
                    "leaves are imported by nobody",
                    List.of("Host.http>", "Host.metrics>", "NeighbourLeaf.http>", "Checks.http>")),
            Map.entry("packages have no cycles", List.of("package check", "package check.http")),
            Map.entry("every class is in a room", List.of("fixtures.util.Stray ")),
            Map.entry("no exit", List.of("System.exit", "Runtime.halt")),
            Map.entry("no sleep", List.of("Thread.sleep", "TimeUnit.sleep")),
            Map.entry("no java.util.logging", List.of("java.util.logging.Logger")),
            Map.entry("no standard streams", List.of("System.out", "System.err")),
            Map.entry(
                    "only time reads the clock",
                    List.of(
                            "System.nanoTime",
                            "System.currentTimeMillis",
                            "Instant.now()",
                            "LocalDate.now(",
                            "Clock.systemUTC",
                            "java.util.Date.<init>()")),
            Map.entry("packages are null-marked", List.of("fixtures.util is not")),
            Map.entry(
                    "statics are constants",
                    List.of(
                            "Statics.counter ",
                            "Statics.LIST ",
                            "Statics.COUNT ",
                            "Statics.SHARED ",
                            "Statics.LOCAL ")),
            Map.entry("home of OKHTTP", List.of("okhttp3.OkHttpClient")),
            Map.entry("home of RESILIENCE4J", List.of("io.github.resilience4j")),
            Map.entry("home of MICROMETER", List.of("io.micrometer")),
            Map.entry("home of JACKSON", List.of("tools.jackson")),
            Map.entry("home of JSON_PATH", List.of("com.jayway.jsonpath")),
            Map.entry("home of MUSTACHE", List.of("com.samskivert.mustache")),
            Map.entry("home of MAIL", List.of("jakarta.mail")),
            Map.entry("home of DNSJAVA", List.of("org.xbill.DNS")),
            Map.entry("home of XML", List.of("org.w3c.dom")),
            Map.entry("home of JFR", List.of("jdk.jfr.Event")),
            Map.entry("home of JDK_MANAGEMENT", List.of("com.sun.management")),
            Map.entry("home of JDBC", List.of("javax.sql.DataSource")),
            Map.entry("libraries have a home", List.of("org.assertj")));

    @ParameterizedTest
    @MethodSource
    void failsWhereItShould(String name, ArchRule rule) {
        List<String> found = rule.evaluate(FIXTURES).getFailureReport().getDetails();

        for (String part : FOUND.getOrDefault(name, List.of("a fixture that breaks the rule"))) {
            assertThat(found).anyMatch(line -> line.contains(part), "has " + part);
        }
    }

    static Stream<Arguments> failsWhereItShould() {
        return ArchitectureRules.below(ROOT).entrySet().stream()
                .map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {".time.Innocent", ".incident.internal.IncidentBackRoom"})
    void passesWhatIsAllowed(String innocent) {
        assertThat(FIXTURES.contain(ROOT + innocent)).isTrue();
        for (ArchRule rule : ArchitectureRules.below(ROOT).values()) {
            assertThat(rule.evaluate(FIXTURES).getFailureReport().getDetails())
                    .as(rule.getDescription())
                    .noneMatch(line -> line.contains(ROOT + innocent));
        }
    }
}
