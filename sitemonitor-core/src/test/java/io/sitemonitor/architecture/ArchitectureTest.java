package io.sitemonitor.architecture;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the house hold in this module. */
class ArchitectureTest {
    private static final String ROOT = "io.sitemonitor";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest
    @MethodSource
    void holds(ArchRule rule) {
        rule.check(OURS);
    }

    static Stream<Named<ArchRule>> holds() {
        return ArchitectureRules.below(ROOT).entrySet().stream().map(rule -> Named.of(rule.getKey(), rule.getValue()));
    }

    /** Skipped, and so in sight, as long as a rule about the room holds only because nothing is in there. */
    @ParameterizedTest
    @MethodSource
    void isInhabited(String room) {
        Rooms rooms = new Rooms(ROOT);
        assumeTrue(OURS.stream().anyMatch(type -> rooms.roomOf(type).equals(room)), () -> "nothing is in " + room);
    }

    static List<String> isInhabited() {
        return Rooms.FROM_TOP_TO_BOTTOM;
    }

    /** Skipped, and so in sight, as long as nobody uses the library. */
    @ParameterizedTest
    @EnumSource
    void isUsed(Library library) {
        assumeTrue(OURS.stream().anyMatch(library.isUsed()), () -> "nobody uses " + library);
    }
}
