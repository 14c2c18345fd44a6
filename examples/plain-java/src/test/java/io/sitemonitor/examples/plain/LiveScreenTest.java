package io.sitemonitor.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveScreenTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void drawsTheTableOverItsLastSelf() {
        LiveScreen screen = screen(24);
        screen.show(() -> List.of("HEAD", "row"));
        await().atMost(Duration.ofSeconds(10)).until(() -> text().contains("row"));
        screen.tell("something");
        screen.close();

        // a head, a row and an empty line: three lines up, then all of it again with what was told
        assertThat(text()).contains("\033[3F\033[J\033[?7lHEAD\nrow\n\n").contains("something\n");
    }

    @Test
    void staysWithinTheHeightOfTheTerminal() {
        LiveScreen screen = screen(24);
        screen.show(() -> IntStream.range(0, 100).mapToObj(i -> "row " + i).toList());
        IntStream.range(0, 100).forEach(i -> screen.tell("event " + i));
        screen.close();

        String last = text().substring(text().lastIndexOf("\033[J"));
        assertThat(last.lines().count()).isLessThanOrEqualTo(24);
        assertThat(last).contains("... and 89 more").contains("event 99").doesNotContain("event 89\n");
    }

    private LiveScreen screen(int height) {
        return new LiveScreen(new PrintStream(bytes, true, StandardCharsets.UTF_8), height);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
