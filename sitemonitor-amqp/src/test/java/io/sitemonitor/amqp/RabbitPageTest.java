package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guide says of RabbitMQ is tied to a test that is there. */
class RabbitPageTest {

    private static final Path PAGE = Path.of("..", "docs", "rabbitmq.md");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))(?:\\.(\\w+))?`");
    private static final List<String> ROOMS = List.of("", "message.", "check.", "internal.");

    @ParameterizedTest
    @ValueSource(strings = {"Promised", "Not promised", "What to set on the broker"})
    void eachStatementNamesItsTest(String section) throws IOException {
        List<String> rows = rows(section);
        assertThat(rows).hasSizeGreaterThan(5);
        for (String row : rows) {
            String last = row.substring(row.lastIndexOf('|', row.length() - 2) + 1, row.length() - 1);
            boolean saysThatThereIsNone = last.strip().equals("–") && row.contains("no test here");
            assertThat(TEST.matcher(last).find() || saysThatThereIsNone).as(row).isTrue();
        }
    }

    private static List<String> rows(String section) throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("\n## " + section + "\n");
        assertThat(begin).as(section).isNotNegative();
        int end = page.indexOf("\n## ", begin + 5);
        return page.substring(begin, end)
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .toList();
    }

    static Stream<String> tests() throws IOException {
        return TEST.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void theTestIsThere(String named) {
        MatchResult parts = TEST.matcher(named).results().findFirst().orElseThrow();
        Class<?> test = ROOMS.stream()
                .flatMap(room -> find("io.sitemonitor.amqp." + room + parts.group(1)))
                .findFirst()
                .orElse(null);
        assertThat(test).as("class of " + named).isNotNull();
        if (parts.group(2) != null) {
            assertThat(Arrays.stream(test.getDeclaredMethods())
                            .filter(method -> method.getName().equals(parts.group(2))))
                    .as(named)
                    .hasSize(1)
                    .allMatch(method -> method.isAnnotationPresent(Test.class));
        }
    }

    private static Stream<Class<?>> find(String name) {
        try {
            return Stream.of(Class.forName(name, false, RabbitPageTest.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }
}
