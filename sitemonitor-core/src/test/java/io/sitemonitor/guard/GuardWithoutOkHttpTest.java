package io.sitemonitor.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** A host that does not use OkHttp needs none of it to use a guard. */
class GuardWithoutOkHttpTest {

    @Test
    void onlyTheInterceptorMeetsOkHttp() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(GuardInterceptor.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "okio..", "kotlin..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(GuardInterceptor.class)
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.sitemonitor.guard"));
    }
}
