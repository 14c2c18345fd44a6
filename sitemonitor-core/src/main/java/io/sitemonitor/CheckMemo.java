package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.internal.AlertRecords;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.incident.Incident;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.store.internal.RecordReader;
import io.sitemonitor.store.internal.RecordWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What outlives the process of a check that has something open. All times are those of the wall clock, for the monotonic one
 * begins anew.
 *
 * @param kind what kind of check it was
 * @param target what was probed; another check of the same name knows nothing of the state of this one
 * @param state its state
 * @param since when that was entered
 * @param incident the incident that is open
 * @param outage an outage that is owed
 * @param degradation a degradation that is owed
 * @param told what was told and is to be closed: outage, degradation, flapping
 * @param outageOver how the outage that was told ended, if it did
 * @param degradationOver how the degradation that was told ended, if it did
 */
record CheckMemo(
        String kind,
        @Nullable String target,
        HealthState state,
        Instant since,
        @Nullable Incident incident,
        @Nullable Owed outage,
        @Nullable Owed degradation,
        Open told,
        @Nullable Over outageOver,
        @Nullable Over degradationOver) {

    private static final int VERSION = 1;

    /** What is to be told. */
    record Owed(
            AlertKind kind,
            String incidentId,
            HealthState from,
            Instant since,
            @Nullable FailureKind failure,
            String message) {

        CheckResult result() {
            return failure == null ? CheckResult.warn(message) : CheckResult.fail(failure, message);
        }
    }

    /** What was told and is to be closed. */
    record Open(
            @Nullable Alert outage,
            @Nullable Alert degradation,
            @Nullable Alert flapping) {}

    /** How something ended. */
    record Over(HealthState from, Instant at) {}

    /** What is kept of a monitor that has told that it is offline. */
    static CheckMemo isolation(Alert told) {
        return new CheckMemo(
                "isolation",
                null,
                HealthState.UNKNOWN,
                told.since(),
                null,
                null,
                null,
                new Open(told, null, null),
                null,
                null);
    }

    byte[] toBytes() {
        RecordWriter to = new RecordWriter(VERSION);
        to.text(kind)
                .maybe(target, RecordWriter::text)
                .constant(state)
                .time(since)
                .maybe(incident, CheckMemo::write)
                .maybe(outage, CheckMemo::write)
                .maybe(degradation, CheckMemo::write)
                .maybe(told.outage(), CheckMemo::write)
                .maybe(told.degradation(), CheckMemo::write)
                .maybe(told.flapping(), CheckMemo::write)
                .maybe(outageOver, CheckMemo::write)
                .maybe(degradationOver, CheckMemo::write);
        return to.toBytes();
    }

    private static void write(RecordWriter to, Incident incident) {
        to.text(incident.id())
                .text(incident.monitor())
                .text(incident.check())
                .time(incident.startedAt())
                .time(incident.confirmedAt())
                .constant(incident.failure())
                .text(incident.cause());
    }

    private static void write(RecordWriter to, Owed owed) {
        to.constant(owed.kind())
                .text(owed.incidentId())
                .constant(owed.from())
                .time(owed.since())
                .maybe(owed.failure(), RecordWriter::constant)
                .text(owed.message());
    }

    private static void write(RecordWriter to, Alert alert) {
        AlertRecords.write(alert, to);
    }

    private static void write(RecordWriter to, Over over) {
        to.constant(over.from()).time(over.at());
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if these are the bytes of none
     */
    static CheckMemo of(byte[] bytes) {
        RecordReader from = new RecordReader(bytes, VERSION);
        return new CheckMemo(
                from.text(),
                from.maybe(RecordReader::text),
                from.constant(HealthState.class),
                from.time(),
                from.maybe(CheckMemo::incident),
                from.maybe(CheckMemo::owed),
                from.maybe(CheckMemo::owed),
                new Open(
                        from.maybe(AlertRecords::read), from.maybe(AlertRecords::read), from.maybe(AlertRecords::read)),
                from.maybe(CheckMemo::over),
                from.maybe(CheckMemo::over));
    }

    private static Incident incident(RecordReader from) {
        return new Incident(
                from.text(),
                from.text(),
                from.text(),
                from.time(),
                from.time(),
                null,
                from.constant(FailureKind.class),
                from.text());
    }

    private static Owed owed(RecordReader from) {
        return new Owed(
                from.constant(AlertKind.class),
                from.text(),
                from.constant(HealthState.class),
                from.time(),
                from.maybe(record -> record.constant(FailureKind.class)),
                from.text());
    }

    private static Over over(RecordReader from) {
        return new Over(from.constant(HealthState.class), from.time());
    }
}
