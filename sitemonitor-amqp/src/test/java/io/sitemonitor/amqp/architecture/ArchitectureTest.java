package io.sitemonitor.amqp.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules hold in this module, and each is seen failing on fixtures that break it. */
class ArchitectureTest {
    private static final String ROOT = "io.sitemonitor.amqp";
    private static final String FIXTURES = ROOT + ".architecture.fixtures";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses BAD = new ClassFileImporter().importPackages(FIXTURES);

    /** A part of what each rule says of the fixtures. */
    private static final Map<String, List<String>> FOUND = Map.ofEntries(
            Map.entry("the back room is for the front room", List.of("WireForm.back>")),
            Map.entry("messages know nothing of the broker", List.of("com.rabbitmq.client.Channel")),
            Map.entry("nobody imports the checks", List.of("Guest.probe>")),
            Map.entry("nobody imports the meters, and nobody else imports Micrometer", List.of("Guest.meters>")),
            Map.entry("checks make no client", List.of("Probe.channel>")),
            Map.entry("back rooms of the core are closed", List.of("Guest.backRoomOfTheCore>")),
            Map.entry("no other library", List.of("org.assertj")),
            Map.entry("folders have no cycles", List.of("Slice one", "Slice two")),
            Map.entry("only a TimeSource reads the clock", List.of("Instant.now", "System.nanoTime")),
            Map.entry("no sleep", List.of("Thread.sleep")),
            Map.entry("no standard streams", List.of("System.out")),
            Map.entry("statics are final", List.of("Guest.counter")),
            Map.entry("packages are null-marked", List.of("fixtures.one.One")));

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void holds(String name, ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }

    static Stream<Arguments> holds() {
        return rules(ROOT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void failsWhereItShould(String name, ArchRule rule) {
        List<String> found = rule.evaluate(BAD).getFailureReport().getDetails();

        for (String part : FOUND.getOrDefault(name, List.of("a fixture that breaks the rule"))) {
            assertThat(found).anyMatch(line -> line.contains(part), "has " + part);
        }
    }

    static Stream<Arguments> failsWhereItShould() {
        return rules(FIXTURES);
    }

    /** Skipped, and so in sight, as long as a rule holds only because nothing is in there. */
    @ParameterizedTest
    @ValueSource(strings = {"", ".check", ".internal", ".message", ".metrics"})
    void isInhabited(String folder) {
        assumeTrue(OURS.containPackage(ROOT + folder), () -> "nothing is in " + folder);
    }

    private static Stream<Arguments> rules(String root) {
        return AmqpRules.below(root).entrySet().stream().map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
    }
}
