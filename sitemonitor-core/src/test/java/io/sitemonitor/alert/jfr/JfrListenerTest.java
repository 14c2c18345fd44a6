package io.sitemonitor.alert.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertListenerContract;
import io.sitemonitor.alert.Alerts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JfrListenerTest extends AlertListenerContract {

    @TempDir
    Path folder;

    private final Recording recording = new Recording();
    private int dumps;

    @BeforeEach
    void record() {
        recording.enable(JfrListener.EVENT);
        recording.start();
    }

    @AfterEach
    void stop() {
        recording.close();
    }

    @Override
    protected AlertListener listener() {
        return JfrListener.create();
    }

    @Override
    protected List<Delivery> deliveries() throws Exception {
        return events().stream()
                .map(event -> new Delivery(
                        event.getString("id"),
                        event.getString("incidentId"),
                        event.getFields().stream()
                                .map(field -> String.valueOf((Object) event.getValue(field.getName())))
                                .collect(Collectors.joining("\n"))))
                .toList();
    }

    @Override
    protected Optional<AlertListener> failingListener() {
        return Optional.empty();
    }

    @Override
    protected Optional<AlertListener> hangingListener() {
        return Optional.empty();
    }

    @Test
    void anAlertIsAnEvent() throws Exception {
        listener().onAlert(Alerts.recovered("storefront"));

        RecordedEvent event = events().get(0);
        assertThat(event.getEventType().getName()).isEqualTo("io.sitemonitor.Alert");
        assertThat(event.getEventType().getCategoryNames()).containsExactly("Site Monitor");
        assertThat(event.getString("id"))
                .isEqualTo(Alerts.recovered("storefront").id());
        assertThat(event.getString("monitor")).isEqualTo("shop");
        assertThat(event.getString("check")).isEqualTo("storefront");
        assertThat(event.getString("kind")).isEqualTo("RECOVERED");
        assertThat(event.getString("severity")).isEqualTo("CRITICAL");
        assertThat(event.getString("from")).isEqualTo("DOWN");
        assertThat(event.getString("to")).isEqualTo("UP");
        assertThat(event.getInstant("since")).isEqualTo(Alerts.SINCE);
        assertThat(event.getInstant("at")).isEqualTo(Alerts.SINCE.plusSeconds(252));
        assertThat(event.getDuration("lasted")).isEqualTo(Duration.ofSeconds(252));
        assertThat(event.getString("failure")).isEqualTo("STATUS");
        assertThat(event.getString("summary")).isEqualTo("HTTP 503 in 412 ms");
        assertThat(event.getString("target")).isEqualTo("https://shop.example/");
        assertThat(event.getStackTrace()).isNull();
    }

    @Test
    void whatIsMissingIsNull() throws Exception {
        listener().onAlert(Alerts.of(AlertKind.DOWN).failure(null).target(null).build());

        assertThat(events().get(0).getString("failure")).isNull();
        assertThat(events().get(0).getString("target")).isNull();
    }

    @Test
    void aRuntimeWithoutFlightRecorderIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> JfrListener.require(ModuleLayer.empty()))
                .withMessage("this Java runtime has no Flight Recorder: its image needs the module jdk.jfr");
    }

    private List<RecordedEvent> events() throws Exception {
        Path file = folder.resolve("dump-" + dumps++ + ".jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(JfrListener.EVENT))
                .sorted((a, b) -> a.getStartTime().compareTo(b.getStartTime()))
                .toList();
    }
}
