package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.incident.StableId;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How several alerts become one. Immutable. */
final class DigestForm {

    private static final int NAMES = 10;
    private static final int FACTS = 50;

    private final String monitor;

    DigestForm(String monitor) {
        this.monitor = monitor;
    }

    /** Tells what has begun and what is over; {@code storm} knows of both already. */
    Alert digest(Storm storm, List<Alert> openings, List<Alert> closings, Instant now) {
        List<Storm.Member> lasting = storm.lasting();
        boolean over = lasting.isEmpty();
        Alert before = storm.told;
        List<Alert> news = new ArrayList<>(openings);
        news.addAll(closings);
        Instant since = news.stream().map(Alert::since).min(Instant::compareTo).orElse(now);
        if (before != null && before.since().isBefore(since)) {
            since = before.since();
        }
        boolean down = lasting.stream().anyMatch(member -> member.kind() == AlertKind.DOWN);
        Duration lasted = Duration.between(since, now);
        AlertKind kind = over ? AlertKind.DIGEST_ENDED : AlertKind.DIGEST;
        return new Alert(
                StableId.of("alert", storm.id, kind.name(), Long.toString(storm.number)),
                storm.id,
                monitor,
                monitor,
                kind,
                before == null ? HealthState.UP : before.to(),
                over ? HealthState.UP : down ? HealthState.DOWN : HealthState.DEGRADED,
                since,
                now,
                lasted.isNegative() ? Duration.ZERO : lasted,
                common(news, Alert::failure),
                over ? ended(storm) : summary(before != null, openings, closings, lasting),
                common(news, alert -> host(alert.target())),
                new Evidence(null, Map.of(), facts(news), null),
                commonLabels(news),
                news.isEmpty() ? List.of() : news.get(0).contacts());
    }

    private static String ended(Storm storm) {
        boolean down = storm.members.values().stream().allMatch(member -> member.kind() == AlertKind.DOWN);
        return "all of " + checks(storm.members.size()) + (down ? " are up again: " : " are well again: ")
                + names(storm.members.values().stream().map(Storm.Member::check).toList());
    }

    private static String summary(
            boolean isMore, List<Alert> openings, List<Alert> closings, List<Storm.Member> lasting) {
        List<String> parts = new ArrayList<>();
        if (!openings.isEmpty()) {
            int count = openings.size();
            parts.add((isMore ? count + " more " + (count == 1 ? "check" : "checks") : checks(count))
                    + (count == 1 ? " is " : " are ") + states(openings) + inCommon(openings) + ": "
                    + names(openings.stream().map(Alert::check).toList()));
        }
        if (!closings.isEmpty()) {
            parts.add(closings.size() + (closings.size() == 1 ? " is" : " are") + " over: "
                    + names(closings.stream().map(Alert::check).toList()));
            parts.add(lasting.size()
                    + (lasting.size() == 1 ? " lasts: " : " last: ")
                    + names(lasting.stream().map(Storm.Member::check).toList()));
        }
        return String.join("; ", parts);
    }

    private static String checks(int count) {
        return count == 1 ? "1 check" : count + " checks";
    }

    /** Such as {@code down} if all are, or {@code not well (3 down, 1 flapping)}. */
    private static String states(List<Alert> openings) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        openings.forEach(alert -> counts.merge(state(alert.kind()), 1, Integer::sum));
        if (counts.size() == 1) {
            return counts.keySet().iterator().next();
        }
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", ", "not well (", ")"));
    }

    private static String state(AlertKind kind) {
        return switch (kind) {
            case DEGRADED -> "degraded";
            case FLAPPING -> "flapping";
            default -> "down";
        };
    }

    /** The host, the failure, or both, that more than half of them share. */
    private static String inCommon(List<Alert> openings) {
        return shared(openings, alert -> host(alert.target()), " at ")
                + shared(openings, alert -> Objects.toString(alert.failure(), null), " by ");
    }

    private static String shared(List<Alert> alerts, Function<Alert, @Nullable String> what, String word) {
        Map<String, Integer> counts = new HashMap<>();
        for (Alert alert : alerts) {
            String value = what.apply(alert);
            if (value != null) {
                counts.merge(value, 1, Integer::sum);
            }
        }
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            if (entry.getValue() == alerts.size()) {
                return (alerts.size() == 1 ? "," : ", all") + word + entry.getKey();
            }
            if (entry.getValue() * 2 > alerts.size()) {
                return ", " + entry.getValue() + " of them" + word + entry.getKey();
            }
        }
        return "";
    }

    private static String names(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
        return names.size() > NAMES ? shown + " and " + (names.size() - NAMES) + " more" : shown;
    }

    private static Map<String, String> facts(List<Alert> alerts) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (Alert alert : alerts.subList(0, Math.min(FACTS, alerts.size()))) {
            facts.merge(alert.check(), alert.kind() + ": " + alert.summary(), (one, more) -> one + "; " + more);
        }
        return facts;
    }

    private static <T> @Nullable T common(List<Alert> alerts, Function<Alert, @Nullable T> what) {
        T shared = alerts.isEmpty() ? null : what.apply(alerts.get(0));
        for (Alert alert : alerts) {
            if (!Objects.equals(shared, what.apply(alert))) {
                return null;
            }
        }
        return shared;
    }

    private static Map<String, String> commonLabels(List<Alert> alerts) {
        Map<String, String> shared =
                new LinkedHashMap<>(alerts.isEmpty() ? Map.of() : alerts.get(0).labels());
        alerts.forEach(alert -> shared.entrySet().retainAll(alert.labels().entrySet()));
        return shared;
    }

    /** What stands between the scheme and the port or path of a target; null if there is no target. */
    static @Nullable String host(@Nullable String target) {
        if (target == null) {
            return null;
        }
        int scheme = target.indexOf("://");
        String rest = scheme < 0 ? target : target.substring(scheme + 3);
        int end = rest.length();
        for (int i = 0; i < rest.length(); i++) {
            if ("/?#".indexOf(rest.charAt(i)) >= 0) {
                end = i;
                break;
            }
        }
        rest = rest.substring(0, end);
        int colon = rest.lastIndexOf(':');
        boolean isPort = colon > 0
                && rest.substring(colon + 1).chars().allMatch(Character::isDigit)
                && (rest.indexOf(':') == colon || rest.charAt(colon - 1) == ']');
        return isPort ? rest.substring(0, colon) : rest;
    }
}
