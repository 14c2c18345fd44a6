package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Acknowledgement;
import io.sitemonitor.alert.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What people have said about alerts: whom to spare, and what they have taken on. Safe for use by any number of threads. */
final class Commands {

    private volatile List<Silence> silences = List.of();
    private final Map<String, Acknowledgement> acknowledged = new ConcurrentHashMap<>();

    /** Begins a silence in the place of an earlier one for the same. */
    synchronized void add(Silence silence) {
        List<Silence> all = new ArrayList<>(silences);
        all.removeIf(each -> isSame(each, silence.listener(), silence.check()));
        all.add(silence);
        silences = List.copyOf(all);
    }

    /** Ends a silence; returns whether there was one. */
    synchronized boolean remove(@Nullable String listener, @Nullable String check) {
        List<Silence> all = new ArrayList<>(silences);
        boolean removed = all.removeIf(each -> isSame(each, listener, check));
        silences = List.copyOf(all);
        return removed;
    }

    /** Removes what has ended; returns it. */
    synchronized List<Silence> removeEnded(Instant now) {
        List<Silence> ended =
                silences.stream().filter(each -> !now.isBefore(each.until())).toList();
        if (!ended.isEmpty()) {
            silences = silences.stream().filter(each -> !ended.contains(each)).toList();
        }
        return ended;
    }

    List<Silence> silences() {
        return silences;
    }

    /** Returns the silence that ends last of those that cover a moment; null if none does. */
    @Nullable
    Silence silence(String listener, String check, Instant moment) {
        Silence longest = null;
        for (Silence each : silences) {
            if (each.covers(listener, check, moment)
                    && (longest == null || each.until().isAfter(longest.until()))) {
                longest = each;
            }
        }
        return longest;
    }

    /** Notes that somebody has taken something on; returns whether nobody had before. */
    boolean acknowledge(Acknowledgement acknowledgement) {
        return acknowledged.putIfAbsent(acknowledgement.incidentId(), acknowledgement) == null;
    }

    /** Forgets who has taken something on, since it is over; returns whether somebody had. */
    boolean forget(String incidentId) {
        return acknowledged.remove(incidentId) != null;
    }

    boolean isAcknowledged(String incidentId) {
        return acknowledged.containsKey(incidentId);
    }

    List<Acknowledgement> acknowledgements() {
        return List.copyOf(acknowledged.values());
    }

    private static boolean isSame(Silence silence, @Nullable String listener, @Nullable String check) {
        return Objects.equals(silence.listener(), listener) && Objects.equals(silence.check(), check);
    }
}
