package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Acknowledgement;
import io.sitemonitor.alert.DeadLetter;
import io.sitemonitor.alert.Silence;
import io.sitemonitor.incident.StableId;
import io.sitemonitor.store.Change;
import io.sitemonitor.store.internal.RecordReader;
import io.sitemonitor.store.internal.RecordWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How commands, budgets, storms and dead letters are kept, and what an earlier process has left of them. For one thread. */
final class PolicyRecords {

    private static final int VERSION = 1;
    private static final String SILENCE = "silence/";
    private static final String ACKNOWLEDGED = "ack/";
    private static final String BUDGET = "budget/";
    private static final String STORM = "digest/";
    private static final String DEAD = "dead/";

    /**
     * What a listener had got on a day.
     *
     * @param listener the name of the listener
     * @param day the day
     * @param used how many alerts
     */
    record Used(String listener, LocalDate day, int used) {}

    final List<Silence> silences = new ArrayList<>();
    final List<Acknowledgement> acknowledgements = new ArrayList<>();
    final List<Used> budgets = new ArrayList<>();
    final List<Map.Entry<String, Storm>> storms = new ArrayList<>();
    final Map<String, DeadLetter> deadLetters = new LinkedHashMap<>();

    static Change silence(Silence silence) {
        return Change.put(
                silenceKey(silence.listener(), silence.check()),
                new RecordWriter(VERSION)
                        .maybe(silence.listener(), RecordWriter::text)
                        .maybe(silence.check(), RecordWriter::text)
                        .text(silence.reason())
                        .time(silence.from())
                        .time(silence.until())
                        .toBytes());
    }

    static Change noSilence(@Nullable String listener, @Nullable String check) {
        return Change.remove(silenceKey(listener, check));
    }

    private static String silenceKey(@Nullable String listener, @Nullable String check) {
        return SILENCE + StableId.of("silence", String.valueOf(listener), listener == null ? "check " + check : "");
    }

    static Change acknowledged(Acknowledgement acknowledgement) {
        return Change.put(
                ACKNOWLEDGED + acknowledgement.incidentId(),
                new RecordWriter(VERSION)
                        .text(acknowledgement.incidentId())
                        .text(acknowledgement.check())
                        .text(acknowledgement.by())
                        .time(acknowledgement.at())
                        .toBytes());
    }

    static Change notAcknowledged(String incidentId) {
        return Change.remove(ACKNOWLEDGED + incidentId);
    }

    static Change budget(String listener, LocalDate day, int used) {
        return Change.put(
                BUDGET + StableId.of("budget", listener),
                new RecordWriter(VERSION)
                        .text(listener)
                        .number(day.toEpochDay())
                        .number(used)
                        .toBytes());
    }

    static Change storm(String id, byte[] record) {
        return Change.put(STORM + id, record);
    }

    static Change noStorm(String id) {
        return Change.remove(STORM + id);
    }

    static Change dead(DeadLetter letter) {
        RecordWriter to = new RecordWriter(VERSION)
                .text(letter.listener())
                .time(letter.at())
                .number(letter.attempts())
                .text(letter.reason());
        AlertRecords.write(letter.alert(), to);
        return Change.put(deadKey(letter), to.toBytes());
    }

    static Change notDead(DeadLetter letter) {
        return Change.remove(deadKey(letter));
    }

    private static String deadKey(DeadLetter letter) {
        return DEAD + StableId.of("dead", letter.listener(), letter.alert().id());
    }

    /** Takes a record of an earlier process; returns whether it is one of these. */
    boolean recall(String key, byte[] bytes) {
        if (key.startsWith(STORM)) {
            storms.add(Storm.read(bytes));
            return true;
        }
        boolean isOurs = key.startsWith(SILENCE)
                || key.startsWith(ACKNOWLEDGED)
                || key.startsWith(BUDGET)
                || key.startsWith(DEAD);
        if (!isOurs) {
            return false;
        }
        RecordReader from = new RecordReader(bytes, VERSION);
        if (key.startsWith(SILENCE)) {
            silences.add(new Silence(
                    from.maybe(RecordReader::text),
                    from.maybe(RecordReader::text),
                    from.text(),
                    from.time(),
                    from.time()));
        } else if (key.startsWith(ACKNOWLEDGED)) {
            acknowledgements.add(new Acknowledgement(from.text(), from.text(), from.text(), from.time()));
        } else if (key.startsWith(BUDGET)) {
            budgets.add(new Used(from.text(), LocalDate.ofEpochDay(from.number()), (int) from.number()));
        } else {
            String listener = from.text();
            Instant at = from.time();
            int attempts = (int) from.number();
            String reason = from.text();
            deadLetters.put(key, new DeadLetter(listener, AlertRecords.read(from), at, attempts, reason));
        }
        return true;
    }
}
