package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.store.internal.RecordReader;
import io.sitemonitor.store.internal.RecordWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How an alert is kept. Stateless. */
public final class AlertRecords {

    private AlertRecords() {}

    /**
     * Writes an alert.
     *
     * @param alert the alert
     * @param to where to
     */
    public static void write(Alert alert, RecordWriter to) {
        to.text(alert.id())
                .text(alert.incidentId())
                .text(alert.monitor())
                .text(alert.check())
                .constant(alert.kind())
                .constant(alert.from())
                .constant(alert.to())
                .time(alert.since())
                .time(alert.at())
                .duration(alert.duration())
                .maybe(alert.failure(), RecordWriter::constant)
                .text(alert.summary())
                .maybe(alert.target(), RecordWriter::text);
        Evidence evidence = alert.evidence();
        to.maybe(evidence.address(), RecordWriter::text)
                .each(
                        evidence.phases().entrySet(),
                        phase -> to.text(phase.getKey()).duration(phase.getValue()))
                .each(
                        evidence.facts().entrySet(),
                        fact -> to.text(fact.getKey()).text(fact.getValue()))
                .maybe(evidence.excerpt(), RecordWriter::text)
                .each(
                        alert.labels().entrySet(),
                        label -> to.text(label.getKey()).text(label.getValue()))
                .each(alert.contacts(), to::text);
    }

    /**
     * Reads an alert.
     *
     * @param from where from
     * @return the alert
     * @throws IllegalArgumentException if there is none
     */
    public static Alert read(RecordReader from) {
        return new Alert(
                from.text(),
                from.text(),
                from.text(),
                from.text(),
                from.constant(AlertKind.class),
                from.constant(HealthState.class),
                from.constant(HealthState.class),
                from.time(),
                from.time(),
                from.duration(),
                from.maybe(record -> record.constant(FailureKind.class)),
                from.text(),
                from.maybe(RecordReader::text),
                evidence(from),
                texts(from),
                from.texts());
    }

    private static Evidence evidence(RecordReader from) {
        String address = from.maybe(RecordReader::text);
        Map<String, Duration> phases = new LinkedHashMap<>();
        for (int count = from.count(); count > 0; count--) {
            phases.put(from.text(), from.duration());
        }
        return new Evidence(address, phases, texts(from), from.maybe(RecordReader::text));
    }

    private static Map<String, String> texts(RecordReader from) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int count = from.count(); count > 0; count--) {
            texts.put(from.text(), from.text());
        }
        return texts;
    }
}
