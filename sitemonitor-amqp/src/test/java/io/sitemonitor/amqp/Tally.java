package io.sitemonitor.amqp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts what became of alerts. Their ids say which they are: {@code check#number}, even ones down and odd ones up.
 *
 * <p>An alert is owed once it was sent, unless it was sent before the queue went and was not read by then: what lies in a queue
 * that somebody deletes is gone with it, and no client can help that.
 */
final class Tally {

    private final Map<String, Long> sent = new LinkedHashMap<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    private int refused;
    private long longestNanos;

    /** Something that came out at the other end. */
    private record Arrival(String check, String status, String id, String idInside, long at) {

        boolean isItself() {
            int number = Integer.parseInt(id.substring(id.indexOf('#') + 1));
            return id.equals(idInside) && id.startsWith(check + "#") && status.equals(number % 2 == 0 ? "down" : "up");
        }
    }

    /** An alert was taken over by whoever is to carry it. */
    synchronized void sent(String id) {
        sent.put(id, System.nanoTime());
    }

    /** An alert came out at the other end. */
    synchronized void arrived(String check, String status, String id, String idInside) {
        arrivals.add(new Arrival(check, status, id, idInside, System.nanoTime()));
    }

    /** The queue that is there from now on has nothing in it of what was sent. */
    synchronized void queueIsEmptyFrom(long moment) {
        sent.forEach((id, at) -> {
            if (at - moment < 0) {
                gone.add(id);
            }
        });
    }

    /** A call was refused, and had to be repeated. */
    synchronized void refused() {
        refused++;
    }

    /** A caller was held for so long. */
    synchronized void held(long nanos) {
        longestNanos = Math.max(longestNanos, nanos);
    }

    synchronized int sent() {
        return sent.size();
    }

    /** How many different alerts have come out. */
    synchronized int distinct() {
        return ids().size();
    }

    synchronized int refusals() {
        return refused;
    }

    synchronized long longestMillis() {
        return longestNanos / 1_000_000;
    }

    synchronized List<String> lost() {
        Set<String> arrived = ids();
        return sent.keySet().stream()
                .filter(id -> !arrived.contains(id) && !gone.contains(id))
                .toList();
    }

    synchronized List<String> goneWithTheQueue() {
        Set<String> arrived = ids();
        return gone.stream().filter(id -> !arrived.contains(id)).toList();
    }

    synchronized int doubled() {
        return arrivals.size() - ids().size();
    }

    synchronized List<String> wrong() {
        return arrivals.stream()
                .filter(arrival -> !sent.containsKey(arrival.id) || !arrival.isItself())
                .map(Arrival::toString)
                .toList();
    }

    /** Those that came for the first time after a later one of their check had. */
    synchronized List<String> reordered() {
        Set<String> seen = new HashSet<>();
        Map<String, Integer> latest = new HashMap<>();
        List<String> reordered = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            if (seen.add(arrival.id)) {
                int number = Integer.parseInt(arrival.id.substring(arrival.id.indexOf('#') + 1));
                if (number < latest.merge(arrival.check, number, Math::max)) {
                    reordered.add(arrival.id);
                }
            }
        }
        return reordered;
    }

    /** How long after a moment the last of the checks was sent for again. */
    synchronized long millisUntilSentAgain(long moment) {
        return firstAfter(moment, sent);
    }

    /** How long after a moment something of the last of the checks came out again. */
    synchronized long millisUntilArrivedAgain(long moment) {
        Map<String, Long> all = new LinkedHashMap<>();
        arrivals.forEach(arrival -> all.putIfAbsent(arrival.id, arrival.at));
        return firstAfter(moment, all);
    }

    private static long firstAfter(long moment, Map<String, Long> times) {
        Map<String, Long> first = new HashMap<>();
        times.forEach((id, at) -> {
            if (at - moment >= 0) {
                first.merge(id.substring(0, id.indexOf('#')), at - moment, Math::min);
            }
        });
        return first.values().stream()
                .mapToLong(nanos -> nanos / 1_000_000)
                .max()
                .orElse(0);
    }

    private Set<String> ids() {
        Set<String> ids = new HashSet<>();
        arrivals.forEach(arrival -> ids.add(arrival.id));
        return ids;
    }
}
