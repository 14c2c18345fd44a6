package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertPolicy.Digest;
import io.sitemonitor.alert.internal.Backlog.Delivery;
import io.sitemonitor.incident.StableId;
import io.sitemonitor.schedule.Platform.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what comes too much at once to be told one by one, and tells it together. Guarded by the lock of its lane. */
final class Storms {

    /** The most that one digest tells of, so that what is kept of it is bounded. */
    private static final int MOST = 1_000;

    /** What may be told together: what concerns the same contacts, and has the same value of a label. */
    private static final class Group {
        /** When the latest came, as many as go out one by one. */
        private final Deque<Long> recent = new ArrayDeque<>();

        private final Set<Delivery> collected = new LinkedHashSet<>();
        private long flushAt = Tick.NEVER;
        private @Nullable Storm storm;
    }

    /**
     * Several alerts that become one.
     *
     * @param parts what it is made of
     * @param digest the one that tells of them; null if there was only one, which goes out by itself
     * @param storm what is told of; null if nothing is
     */
    record Flush(
            List<Delivery> parts,
            @Nullable Alert digest,
            @Nullable Storm storm) {}

    private final String listener;
    private final Digest settings;
    private final DigestForm form;
    private final Map<String, Group> groups = new HashMap<>();

    /** What was told together and still lasts, by incident. */
    private final Map<String, Storm> members = new HashMap<>();

    /** By the ids of digests on their way: the checks that they tell of, of which nothing else may be told before. */
    private final Map<String, Set<String>> onTheirWay = new HashMap<>();

    Storms(String monitor, String listener, Digest settings) {
        this.listener = listener;
        this.settings = settings;
        this.form = new DigestForm(monitor);
    }

    /** Goes on with what an earlier process has told. */
    void restore(Storm storm) {
        storm.members.forEach((incident, member) -> {
            if (member.lasts()) {
                members.put(incident, storm);
            }
        });
        if (!storm.lasting().isEmpty()) {
            groups.computeIfAbsent(storm.group, key -> new Group()).storm = storm;
        }
        Alert told = storm.told;
        if (told != null) {
            onTheirWay.put(told.id(), checks(storm.members.values()));
        }
    }

    private static Set<String> checks(Collection<Storm.Member> members) {
        return members.stream().map(Storm.Member::check).collect(Collectors.toSet());
    }

    /** Tells whether a check is told of in a digest that has not been delivered. */
    boolean isBehindDigest(String check) {
        return onTheirWay.values().stream().anyMatch(checks -> checks.contains(check));
    }

    /** A digest is done with; returns whether anything may wait for it. */
    boolean done(Alert digest) {
        return onTheirWay.remove(digest.id()) != null;
    }

    /** No digest is on its way but these. */
    void onlyOnTheirWay(Set<String> ids) {
        onTheirWay.keySet().retainAll(ids);
    }

    /** Decides whether an alert is told together with others; keeps it then until {@link #nextFlush()}. */
    boolean collects(Delivery delivery, long now) {
        Alert alert = delivery.alert;
        if (alert.kind().isClosing()) {
            Storm storm = members.get(alert.incidentId());
            if (storm != null) {
                collect(groups.computeIfAbsent(storm.group, key -> new Group()), delivery, now);
            }
            return storm != null;
        }
        if (delivery.alone || delivery.mayBeTold()) {
            return false;
        }
        Group group = groups.computeIfAbsent(key(alert), key -> new Group());
        if (group.collected.contains(delivery)) {
            return true;
        }
        boolean tooMuch = isTooMuch(group, now);
        group.recent.addLast(now);
        if (group.recent.size() > settings.moreThan()) {
            group.recent.removeFirst();
        }
        if (tooMuch || !group.collected.isEmpty()) {
            collect(group, delivery, now);
            return true;
        }
        delivery.alone = true;
        return false;
    }

    private void collect(Group group, Delivery delivery, long now) {
        if (group.collected.isEmpty()) {
            group.flushAt = now + settings.within().toNanos();
        }
        group.collected.add(delivery);
    }

    /** Tells whether an alert would be told together with others. Nothing is noted. */
    boolean wouldCollect(Alert alert, long now) {
        Group group = groups.get(key(alert));
        return group != null && (isTooMuch(group, now) || !group.collected.isEmpty());
    }

    private boolean isTooMuch(Group group, long now) {
        Long first = group.recent.size() < settings.moreThan() ? null : group.recent.peekFirst();
        return first != null && now - first < settings.within().toNanos();
    }

    Duration within() {
        return settings.within();
    }

    /** Tells whether something was told together with others and still lasts. */
    boolean hasMember(String incidentId) {
        return members.containsKey(incidentId);
    }

    /** Tells whether somebody has taken on everything that was told together and still lasts. */
    boolean areAcknowledged(String stormId, Commands commands) {
        boolean any = false;
        for (Map.Entry<String, Storm> member : members.entrySet()) {
            if (member.getValue().id.equals(stormId)) {
                any = true;
                if (!commands.isAcknowledged(member.getKey())) {
                    return false;
                }
            }
        }
        return any;
    }

    /** An alert need not be told any more. */
    void drop(Delivery delivery) {
        groups.values().forEach(group -> group.collected.remove(delivery));
    }

    /** Returns when something is to be told together, or {@link Tick#NEVER}. */
    long nextFlush() {
        long next = Tick.NEVER;
        for (Group group : groups.values()) {
            if (!group.collected.isEmpty()) {
                next = Math.min(next, group.flushAt);
            }
        }
        return next;
    }

    /** Takes what is to be told together by now; {@code all} takes whatever has been collected. */
    List<Flush> due(long now, boolean all, Instant wall) {
        List<Flush> due = new ArrayList<>();
        Iterator<Map.Entry<String, Group>> each = groups.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Group> entry = each.next();
            Group group = entry.getValue();
            if (!group.collected.isEmpty() && (all || now - group.flushAt >= 0)) {
                due.addAll(flush(entry.getKey(), group, wall));
            }
            boolean calm = group.recent.isEmpty()
                    || now - group.recent.peekLast() >= settings.within().toNanos();
            if (calm && group.collected.isEmpty() && group.storm == null) {
                each.remove();
            }
        }
        return due;
    }

    private List<Flush> flush(String key, Group group, Instant wall) {
        Map<Storm, List<Delivery>> byStorm = new LinkedHashMap<>();
        List<Delivery> openings = new ArrayList<>();
        for (Delivery part : group.collected) {
            Storm its = members.get(part.alert.incidentId());
            (its == null ? openings : byStorm.computeIfAbsent(its, storm -> new ArrayList<>())).add(part);
        }
        group.collected.clear();
        List<Flush> flushes = new ArrayList<>();
        for (int from = 0; from < openings.size(); from += MOST) {
            List<Delivery> some = openings.subList(from, Math.min(openings.size(), from + MOST));
            Storm storm = group.storm;
            List<Delivery> more = storm == null ? List.of() : byStorm.getOrDefault(storm, List.of());
            if (storm == null || storm.members.size() + more.size() + some.size() > MOST) {
                if (some.size() == 1) {
                    some.get(0).alone = true;
                    flushes.add(new Flush(List.copyOf(some), null, null));
                    continue;
                }
                storm = new Storm(
                        StableId.of("storm", listener, some.get(0).alert.incidentId()), key);
                group.storm = storm;
            }
            byStorm.computeIfAbsent(storm, its -> new ArrayList<>()).addAll(some);
        }
        byStorm.forEach((storm, parts) -> flushes.add(tell(storm, parts, wall)));
        if (group.storm != null && group.storm.lasting().isEmpty()) {
            group.storm = null;
        }
        return flushes;
    }

    private Flush tell(Storm storm, List<Delivery> parts, Instant wall) {
        List<Alert> openings = new ArrayList<>();
        List<Alert> closings = new ArrayList<>();
        for (Delivery part : parts) {
            Alert alert = part.alert;
            if (alert.kind().isClosing()) {
                closings.add(alert);
                storm.end(alert);
                members.remove(alert.incidentId());
            } else {
                openings.add(alert);
                storm.add(alert);
                members.put(alert.incidentId(), storm);
            }
        }
        Alert digest = form.digest(storm, openings, closings, wall);
        storm.told = digest;
        storm.number++;
        onTheirWay.put(
                digest.id(), parts.stream().map(part -> part.alert.check()).collect(Collectors.toSet()));
        return new Flush(parts, digest, storm);
    }

    /** Two alerts of one key concern the same people. */
    private String key(Alert alert) {
        String label = settings.groupBy() == null ? "" : alert.labels().getOrDefault(settings.groupBy(), "");
        return label + '\n' + String.join("\n", alert.contacts());
    }
}
