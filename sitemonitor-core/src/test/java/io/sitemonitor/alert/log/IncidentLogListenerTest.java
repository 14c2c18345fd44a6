package io.sitemonitor.alert.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertListenerContract;
import io.sitemonitor.alert.Alerts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IncidentLogListenerTest extends AlertListenerContract {

    private final JsonMapper json = new JsonMapper();

    @TempDir
    Path folder;

    @Override
    protected AlertListener listener() {
        return IncidentLogListener.json(file());
    }

    @Override
    protected List<Delivery> deliveries() throws IOException {
        return Files.readAllLines(file()).stream()
                .map(line -> new Delivery(json.readTree(line).get("id").stringValue(), strings(json.readTree(line))))
                .toList();
    }

    @Override
    protected Optional<AlertListener> failingListener() throws IOException {
        Path blocked = folder.resolve("blocked");
        Files.createDirectories(blocked);
        return Optional.of(IncidentLogListener.json(blocked));
    }

    @Override
    protected Optional<AlertListener> hangingListener() {
        return Optional.empty();
    }

    @Test
    void writesJsonInAFixedOrder() throws Exception {
        Alert alert = Alerts.of(AlertKind.RECOVERED)
                .id("a1")
                .incident("i1")
                .label("area", "ké")
                .build();
        listener().onAlert(alert);
        listener()
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .id("a2")
                        .incident("i1")
                        .failure(null)
                        .target(null)
                        .build());

        assertThat(Files.readString(file())).isEqualTo("""
                {"time":"2026-11-22T12:04:12Z","id":"a1","incident":"i1","monitor":"shop","check":"storefront",\
                "kind":"RECOVERED","from":"DOWN","to":"UP","since":"2026-11-22T12:00:00Z","duration":"PT4M12S",\
                "failure":"STATUS","summary":"HTTP 503 in 412 ms","target":"https://shop.example/",\
                "labels":{"area":"ké","team":"web"}}
                {"time":"2026-11-22T12:00:10Z","id":"a2","incident":"i1","monitor":"shop","check":"storefront",\
                "kind":"DOWN","from":"UP","to":"DOWN","since":"2026-11-22T12:00:00Z","duration":"PT10S",\
                "failure":null,"summary":"HTTP 503 in 412 ms","target":null,"labels":{"team":"web"}}
                """);
    }

    @Test
    void writesTextForPeople() throws Exception {
        AlertListener listener = IncidentLogListener.text(file());
        listener.onAlert(Alerts.of(AlertKind.DOWN).incident("i1").build());
        listener.onAlert(Alerts.of(AlertKind.RECOVERED)
                .incident("i1")
                .failure(null)
                .summary("HTTP 200\nok")
                .build());

        assertThat(Files.readString(file())).isEqualTo("""
                2026-11-22T12:00:10Z DOWN shop/storefront since 2026-11-22T12:00:00Z for 10 s STATUS: \
                HTTP 503 in 412 ms [incident i1]
                2026-11-22T12:04:12Z RECOVERED shop/storefront since 2026-11-22T12:00:00Z for 4 min 12 s: \
                HTTP 200 ok [incident i1]
                """);
    }

    @Test
    void contactsAreNotWritten() throws Exception {
        listener().onAlert(Alerts.down("storefront"));
        IncidentLogListener.text(file()).onAlert(Alerts.down("storefront"));

        assertThat(file()).content().doesNotContain("owner@shop.example", "+254711000001");
    }

    @Test
    void aLineCutShortStaysAloneInItsLine() throws Exception {
        listener().onAlert(Alerts.of(AlertKind.DOWN).id("a1").build());
        Files.writeString(file(), "{\"time\":\"2026", StandardOpenOption.APPEND);
        listener().onAlert(Alerts.of(AlertKind.DOWN).id("a2").build());

        List<String> lines = Files.readAllLines(file());
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).isEqualTo("{\"time\":\"2026");
        assertThat(json.readTree(lines.get(2)).get("id").stringValue()).isEqualTo("a2");
    }

    @Test
    void whatIsThereAlreadyIsKept() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "begun by hand\n");

        listener().onAlert(Alerts.down("storefront"));

        assertThat(Files.readAllLines(file())).hasSize(2).startsWith("begun by hand");
    }

    @Test
    void aRenamedFileIsBegunAnew() throws Exception {
        AlertListener listener = listener();
        listener.onAlert(Alerts.of(AlertKind.DOWN).id("a1").build());
        Files.move(file(), folder.resolve("incidents.1"));
        listener.onAlert(Alerts.of(AlertKind.DOWN).id("a2").build());

        assertThat(Files.readString(folder.resolve("incidents.1"))).contains("\"a1\"");
        assertThat(deliveries()).extracting(Delivery::id).containsExactly("a2");
    }

    @Test
    @DisplayName("several writers lose and mix nothing while the file is rotated under them")
    void severalWritersAndRotationLoseNothing() throws Exception {
        int writers = 4;
        int each = 100;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String prefix = "w" + w + "-";
                AlertListener listener = listener();
                running.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < each; i++) {
                        listener.onAlert(
                                Alerts.of(AlertKind.DOWN).id(prefix + i).build());
                    }
                    return null;
                }));
            }
            start.countDown();
            for (int rotation = 0; running.stream().anyMatch(future -> !future.isDone()); rotation++) {
                if (Files.exists(file())) {
                    Files.move(file(), folder.resolve("rotated." + rotation), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            for (Future<?> future : running) {
                future.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        Set<String> ids = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(path)) {
                    if (!line.isEmpty()) {
                        ids.add(json.readTree(line).get("id").stringValue());
                    }
                }
            }
        }
        assertThat(ids).hasSize(writers * each);
    }

    @Test
    void anUnwritableFileIsNamed() throws Exception {
        AlertListener failing = failingListener().orElseThrow();
        Path blocked = folder.resolve("blocked");

        assertThatIOException()
                .isThrownBy(() -> failing.onAlert(Alerts.down("storefront")))
                .withMessage("cannot write to the incident log " + blocked + " (it is a folder)")
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path occupied = Files.writeString(folder.resolve("occupied"), "a file");
        Path below = occupied.resolve("incidents.log");

        assertThatIOException()
                .isThrownBy(() -> IncidentLogListener.text(below).onAlert(Alerts.down("storefront")))
                .withMessageStartingWith("cannot write to the incident log " + below + " (");
    }

    @Test
    void showsItsFileAndForm() {
        assertThat(listener()).hasToString("IncidentLogListener[JSON, " + file() + "]");
        assertThat(IncidentLogListener.text(file())).hasToString("IncidentLogListener[TEXT, " + file() + "]");
        assertThatNullPointerException()
                .isThrownBy(() -> IncidentLogListener.json(null))
                .withMessage("file");
    }

    private Path file() {
        return folder.resolve("log").resolve("incidents.jsonl");
    }

    /** What a program reads: names and values, without the quotes that JSON puts around them. */
    private static String strings(JsonNode node) {
        StringBuilder text = new StringBuilder();
        node.properties()
                .forEach(field -> text.append(field.getKey())
                        .append('=')
                        .append(
                                field.getValue().isObject()
                                        ? strings(field.getValue())
                                        : field.getValue().asString())
                        .append('\n'));
        return text.toString();
    }
}
