package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.store.internal.RecordReader;
import io.sitemonitor.store.internal.RecordWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a listener was told together, and what of it still lasts. Guarded by the lock of its lane. */
final class Storm {

    private static final int VERSION = 1;

    /**
     * One of several.
     *
     * @param check the name of the check
     * @param kind what was told of it
     * @param lasts whether it is not over
     */
    record Member(String check, AlertKind kind, boolean lasts) {}

    final String id;

    /** What it has in common with others that are told together with it. */
    final String group;

    /** By incident. */
    final Map<String, Member> members = new LinkedHashMap<>();

    /** How many alerts there have been about it. */
    long number;

    /** The latest alert about it; null before the first. */
    @Nullable
    Alert told;

    Storm(String id, String group) {
        this.id = id;
        this.group = group;
    }

    void add(Alert opening) {
        members.put(opening.incidentId(), new Member(opening.check(), opening.kind(), true));
    }

    void end(Alert closing) {
        members.computeIfPresent(
                closing.incidentId(), (incident, member) -> new Member(member.check(), member.kind(), false));
    }

    List<Member> lasting() {
        return members.values().stream().filter(Member::lasts).toList();
    }

    byte[] toBytes(String listener) {
        RecordWriter to =
                new RecordWriter(VERSION).text(listener).text(id).text(group).number(number);
        to.each(
                members.entrySet(),
                member -> to.text(member.getKey())
                        .text(member.getValue().check())
                        .constant(member.getValue().kind())
                        .flag(member.getValue().lasts()));
        return to.maybe(told, (record, alert) -> AlertRecords.write(alert, record))
                .toBytes();
    }

    /** Returns the name of the listener, and the storm as it was. */
    static Map.Entry<String, Storm> read(byte[] bytes) {
        RecordReader from = new RecordReader(bytes, VERSION);
        String listener = from.text();
        Storm storm = new Storm(from.text(), from.text());
        storm.number = from.number();
        for (int count = from.count(); count > 0; count--) {
            storm.members.put(from.text(), new Member(from.text(), from.constant(AlertKind.class), from.flag()));
        }
        storm.told = from.maybe(AlertRecords::read);
        return Map.entry(listener, storm);
    }
}
