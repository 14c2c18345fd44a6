package io.sitemonitor.examples.plain;

import io.sitemonitor.CheckSnapshot;
import io.sitemonitor.MonitorSnapshot;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.state.Condition;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What a monitor knows, as a table. */
final class StateTable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final String ROW = "%-20.20s %-9s %-8s %-12s  %8s  %7s  %s";

    private StateTable() {}

    static List<String> of(MonitorSnapshot snapshot) {
        List<String> lines = new ArrayList<>();
        Condition isolation = snapshot.isolation();
        if (isolation != null) {
            lines.add("OFFLINE since " + TIME.format(isolation.since()) + ": " + isolation.reason());
        }
        lines.add(String.format(
                Locale.ROOT, ROW, "SITE", "STATE", "SINCE", "CONDITION", "LATENCY", "UPTIME", "LAST RESULT"));
        for (CheckSnapshot check : snapshot.checks()) {
            lines.add(row(check));
        }
        return lines;
    }

    private static String row(CheckSnapshot check) {
        CheckResult last = check.lastResult();
        return String.format(
                Locale.ROOT,
                ROW,
                check.name(),
                check.state(),
                TIME.format(check.since()),
                conditions(check),
                check.lastDuration() == null ? "" : Durations.shortly(check.lastDuration()),
                percent(check.figures().uptime().ratio()),
                last == null ? "" : last.summary());
    }

    private static String conditions(CheckSnapshot check) {
        return check.conditions().stream()
                .map(condition -> condition.kind().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    private static String percent(OptionalDouble ratio) {
        return ratio.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f %%", ratio.getAsDouble() * 100);
    }
}
