package io.sitemonitor.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VariablesTest {

    private static final List<String> KNOWN = Arrays.asList(Variables.known().split(", "));

    @Test
    void theTableOfTheJavadocIsTheList() throws Exception {
        String source = Files.readString(Path.of("src/main/java/io/sitemonitor/alert/MessageTemplate.java"));
        String table = source.substring(source.indexOf("<table>"), source.indexOf("</table>"));

        assertThat(rows(table, "<tr><td>(.*?)</td>", "\\{@code \\{([^}]*)\\}\\}"))
                .containsExactlyInAnyOrderElementsOf(KNOWN);
    }

    @Test
    void theTableOfTheGuideIsTheList() throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "texts.md"));

        assertThat(rows(guide, "(?m)^\\| (`\\{.*?`) \\|", "`\\{([^}]*)\\}`"))
                .containsExactlyInAnyOrderElementsOf(KNOWN);
    }

    private static List<String> rows(String text, String cell, String name) {
        return Pattern.compile(cell)
                .matcher(text)
                .results()
                .flatMap(row -> Pattern.compile(name).matcher(row.group(1)).results())
                .map(found -> found.group(1))
                .toList();
    }
}
