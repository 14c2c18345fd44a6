package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the monitor itself is online, as told by checks that prove it: a proof that passes speaks for it, one whose
 * latest run failed against it. Takes no lock of a check while it holds its own.
 */
final class OwnLine {

    /** What the proofs say. */
    enum View {
        ONLINE,
        OFFLINE,
        /** Those that passed have not been run lately enough to tell. */
        UNSURE
    }

    /**
     * Which checks prove that we are online.
     *
     * @param least how many of them must pass
     * @param checks their names
     */
    record Proofs(int least, Set<String> checks) {}

    private static final class Proof {
        @Nullable
        Verdict verdict;

        long startedNanos;
        int fails;
        boolean confirmed;
    }

    private final Engine engine;
    private final int least;
    private final Map<String, Proof> proofs = new LinkedHashMap<>();

    /** What is seen by everybody: why and since when we are offline; null while we are online. */
    private volatile @Nullable Condition isolation;

    // guarded by this
    private final Facts facts = new Facts();
    private final Set<CheckCell> waiting = new LinkedHashSet<>();
    private long isolatedNanos;
    private @Nullable Told told;
    private boolean restored;

    OwnLine(Engine engine, Proofs settings) {
        this.engine = engine;
        this.least = settings.least();
        settings.checks().forEach(check -> proofs.put(check, new Proof()));
    }

    /** Goes on where an earlier process ended: offline, until the proofs say otherwise. */
    synchronized void restore(@Nullable CheckMemo memo) {
        Alert alert = memo == null ? null : memo.told().outage();
        if (alert == null) {
            return;
        }
        isolatedNanos = WallTime.nanosAt(alert.since(), engine.time());
        told = new Told(alert, isolatedNanos);
        isolation = new Condition(ConditionKind.ISOLATED, alert.summary(), alert.since(), null);
        restored = true;
    }

    /** Lets the next process know what was told. */
    private void keep() {
        if (engine.memories().areKept()) {
            facts.add(new Kept(Memories.OWN_LINE, told == null ? null : CheckMemo.isolation(told.alert())));
        }
    }

    boolean isProof(String check) {
        return proofs.containsKey(check);
    }

    @Nullable
    Condition isolation() {
        return isolation;
    }

    /** Notes what a run of a proof found, whatever is made of it. */
    void observed(CheckCell cell, Verdict verdict, long startedNanos) {
        synchronized (this) {
            Proof proof = proofs.get(cell.name());
            if (proof == null || verdict == Verdict.INCONCLUSIVE) {
                return;
            }
            proof.verdict = verdict;
            proof.startedNanos = startedNanos;
            proof.fails = verdict == Verdict.FAIL ? proof.fails + 1 : 0;
            proof.confirmed = proof.fails >= cell.settings().thresholds().downAfter();
            decide();
        }
    }

    /** A proof is not run any more: what it said does not count. */
    synchronized void forget(String check) {
        if (proofs.replace(check, new Proof()) != null) {
            decide();
        }
    }

    /** Tells what the proofs say about a run that began at {@code since} and failed. */
    synchronized View look(long since) {
        int fresh = 0;
        int stale = 0;
        for (Proof proof : proofs.values()) {
            boolean speaks = proof.verdict != null && proof.verdict != Verdict.FAIL;
            boolean isFresh = proof.startedNanos - since >= 0;
            fresh += speaks && isFresh ? 1 : 0;
            stale += proof.verdict == null || (speaks && !isFresh) ? 1 : 0;
        }
        if (fresh >= least) {
            return View.ONLINE;
        }
        return fresh + stale < least ? View.OFFLINE : View.UNSURE;
    }

    /** Lets a check know when the proofs have been run again. */
    synchronized void await(CheckCell cell) {
        waiting.add(cell);
    }

    /** Runs the proofs that have not been run since then. Takes their locks. */
    void ask(long since) {
        for (String name : proofs.keySet()) {
            CheckCell proof = engine.cell(name);
            if (proof != null) {
                proof.runSince(since);
            }
        }
    }

    /** Tells those who wait, and everybody, what has changed. Takes locks of checks, so not to be called with one. */
    void publish() {
        List<CheckCell> told = new ArrayList<>();
        boolean claimed;
        synchronized (this) {
            told.addAll(waiting);
            waiting.clear();
            claimed = facts.claim();
        }
        told.forEach(CheckCell::judgeAgain);
        if (claimed) {
            facts.drain(this, engine::publish, engine.memories().areKept());
        }
    }

    /** How long a failed run waits for the proofs at most. */
    long patience() {
        long longest = 0;
        for (String name : proofs.keySet()) {
            CheckCell proof = engine.cell(name);
            longest = proof == null
                    ? longest
                    : Math.max(longest, proof.settings().timeout().toNanos());
        }
        return longest + Duration.ofSeconds(2).toNanos();
    }

    private void decide() {
        List<String> failing = new ArrayList<>();
        int passing = 0;
        int confirmed = 0;
        for (Map.Entry<String, Proof> entry : proofs.entrySet()) {
            Verdict verdict = entry.getValue().verdict;
            if (verdict == Verdict.FAIL) {
                failing.add(entry.getKey());
                confirmed += entry.getValue().confirmed ? 1 : 0;
            } else if (verdict != null) {
                passing++;
            }
        }
        Condition before = isolation;
        boolean heardAll = passing + failing.size() == proofs.size();
        if (restored && passing < least && !heardAll) {
            return; // those that have not spoken since the restart may still say either
        }
        restored = false;
        if (before != null && (passing >= least || proofs.size() - failing.size() >= least)) {
            end(passing + " of " + proofs.size() + " checks that prove it pass");
        } else if (proofs.size() - failing.size() < least) {
            String reason = "of " + proofs.size() + " checks that prove that we are online " + failing.size()
                    + " fail: " + String.join(", ", failing);
            begin(before, reason, proofs.size() - confirmed < least);
        }
    }

    private void begin(@Nullable Condition before, String reason, boolean confirmed) {
        Instant now = engine.time().now();
        if (before == null) {
            isolatedNanos = engine.time().nanos();
            isolation = new Condition(ConditionKind.ISOLATED, reason, now, null);
            facts.add(new IsolationChanged(engine.name(), now, true, reason));
        }
        if (confirmed && told == null) {
            Duration lasted = Duration.ofNanos(engine.time().nanos() - isolatedNanos);
            Instant since = before == null ? now : before.since();
            Alert alert = AlertForms.isolated(engine.name(), since, now, lasted, reason);
            told = new Told(alert, isolatedNanos);
            facts.add(alert);
            keep();
        }
    }

    private void end(String reason) {
        isolation = null;
        facts.add(new IsolationChanged(engine.name(), engine.time().now(), false, reason));
        Told opened = told;
        if (opened != null) {
            told = null;
            AlertForms forms = new AlertForms(engine.name(), engine.name(), engine.time());
            facts.add(forms.closing(
                    AlertKind.ISOLATION_ENDED,
                    opened,
                    HealthState.UNKNOWN,
                    HealthState.UP,
                    engine.time().nanos(),
                    Evidence.none(),
                    " is online again"));
            keep();
        }
    }
}
