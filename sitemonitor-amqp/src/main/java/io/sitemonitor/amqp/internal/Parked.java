package io.sitemonitor.amqp.internal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which messages wait in the retry queue, in their order for each site: only the first of a site may be tried when it comes back,
 * and what comes later has to wait behind them. One that does not come back in time is forgotten, or it would hold back its site
 * for ever. For one thread.
 */
final class Parked {

    private final long longestNanos;
    private final Map<String, LinkedHashMap<String, Long>> bySite = new HashMap<>();

    Parked(long longestNanos) {
        this.longestNanos = longestNanos;
    }

    /** Notes that a message waits; one that has waited before keeps its place. */
    void add(String site, String id, long now) {
        bySite.computeIfAbsent(site, any -> new LinkedHashMap<>()).put(id, now + longestNanos);
    }

    /** Tells whether a message has to wait behind others of its site. */
    boolean holdsBack(String site, String id, long now) {
        LinkedHashMap<String, Long> its = bySite.get(site);
        if (its == null) {
            return false;
        }
        its.entrySet().removeIf(each -> !each.getKey().equals(id) && now - each.getValue() >= 0);
        return !its.isEmpty() && !its.keySet().iterator().next().equals(id);
    }

    /** Notes that a message is dealt with. */
    void remove(String site, String id) {
        LinkedHashMap<String, Long> its = bySite.get(site);
        if (its != null && its.remove(id) != null && its.isEmpty()) {
            bySite.remove(site);
        }
    }
}
