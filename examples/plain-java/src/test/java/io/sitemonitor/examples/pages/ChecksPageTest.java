package io.sitemonitor.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/checks.md} says what the comments of the code say; {@code -Dpages.write} writes it anew. */
class ChecksPageTest {

    private static final Path ROOT = Path.of("..", "..");

    /** Where the kinds are. */
    static final List<Path> FOLDERS = List.of(
            ROOT.resolve("sitemonitor-core/src/main/java/io/sitemonitor/check"),
            ROOT.resolve("sitemonitor-amqp/src/main/java"));

    private static final Path PAGE = ROOT.resolve("docs").resolve("checks.md");

    private final Sources sources = Sources.below(FOLDERS);
    private final List<KindOfCheck> kinds = sources.kinds();

    ChecksPageTest() throws IOException {}

    @Test
    void pageIsWhatTheCodeSays() throws IOException {
        String page = page();
        if (System.getProperty("pages.write") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("run this test with -Dpages.write").hasContent(page);
    }

    @Test
    void everyKindSaysHowItFailsAndEveryOptionWhatHoldsWithoutIt() {
        assertThat(kinds).extracting(KindOfCheck::name).contains("HttpCheck", "SocketCheck", "TlsCheck");
        assertThat(kinds)
                .filteredOn(kind -> kind.prose().about("**Failure:**").isEmpty())
                .extracting(KindOfCheck::name)
                .isEmpty();
        assertThat(kinds)
                .flatExtracting(kind -> kind.options().stream()
                        .filter(option -> !option.isComplete())
                        .map(option -> kind.name() + "." + option.signature())
                        .toList())
                .isEmpty();
    }

    private String page() {
        KindOfCheck base = kinds.stream()
                .filter(kind -> kind.name().equals("SocketCheck"))
                .findFirst()
                .orElseThrow();
        Set<String> common =
                base.options().stream().map(KindOfCheck.Option::name).collect(Collectors.toSet());
        StringBuilder page = new StringBuilder("""
                # Every kind of check

                Built from the comments of the code. What all of them share is in [the README](../README.md): how often they run, thresholds, labels and
                where they may connect to belong to the check's settings and not to its kind. Each expectation fails the run or, with `orWarn()`, only warns.
                Expectations, secrets, certificates to trust and whatever else is given to an option: [what options take](#what-options-take).

                | class | kind | what passes | how it fails |
                |---|---|---|---|
                """);
        kinds.forEach(kind -> page.append(kind.row(base.failures(), kind.isOver(base))));
        page.append('\n');
        kinds.forEach(kind -> page.append(kind.section(kind.isOver(base) ? common : Set.of())));
        page.append("""
                ## What options take

                Expectations of your own are lambdas: they return what is wrong, or null.

                """);
        sources.values().forEach(value -> page.append(value.section()));
        return page.toString().strip() + "\n";
    }
}
