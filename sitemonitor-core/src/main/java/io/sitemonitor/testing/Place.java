package io.sitemonitor.testing;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A target or a group of a scripted world: what is wrong with it, and what else bears on it. */
final class Place {

    final String name;
    final List<Place> groups = new ArrayList<>(0);
    final List<Place> gateways = new ArrayList<>(0);

    @Nullable
    CheckResult scripted;

    @Nullable
    RandomFaults random;

    Duration takes = Duration.ZERO;

    Place(String name) {
        this.name = name;
    }

    /** Ends its random faults, the one that goes on included. */
    void calm() {
        RandomFaults ending = random;
        if (ending != null) {
            ending.end();
            random = null;
        }
    }

    /** Returns what a run finds; null if all is well. */
    @Nullable
    CheckResult wrong() {
        CheckResult worst = scripted;
        if (random != null) {
            worst = worse(worst, random.fault());
        }
        for (int i = 0; i < groups.size(); i++) {
            worst = worse(worst, groups.get(i).wrong());
        }
        for (int i = 0; i < gateways.size() && !fails(worst); i++) {
            CheckResult gateway = gateways.get(i).wrong();
            if (gateway != null && fails(gateway)) {
                worst = CheckResult.fail(
                        FailureKind.CONNECT, "behind " + gateways.get(i).name + ": " + gateway.message());
            }
        }
        return worst;
    }

    /** Returns how long a run takes. */
    Duration slowest() {
        Duration slowest = takes;
        for (int i = 0; i < groups.size(); i++) {
            slowest = longer(slowest, groups.get(i).slowest());
        }
        for (int i = 0; i < gateways.size(); i++) {
            slowest = longer(slowest, gateways.get(i).slowest());
        }
        return slowest;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static @Nullable CheckResult worse(@Nullable CheckResult nearer, @Nullable CheckResult other) {
        return nearer == null || (fails(other) && !fails(nearer)) ? other : nearer;
    }

    private static boolean fails(@Nullable CheckResult result) {
        return result != null && result.verdict() == Verdict.FAIL;
    }
}
