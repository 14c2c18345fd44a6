package io.sitemonitor.check.jvm;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.internal.SmallMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number that was read, or between which two it lies.
 *
 * @param least the number is not less
 * @param most the number is not more
 * @param text what it says, for people
 * @param facts what it was made of
 * @param instead what the run finds whatever the limits are; null if the number counts
 */
record Reading(
        double least,
        double most,
        String text,
        Map<String, String> facts,
        @Nullable CheckResult instead) {

    /** Two facts in this order; that of {@link Map#of} changes whenever a process is started. */
    static Map<String, String> facts(String first, String value, String second, String other) {
        SmallMap.Builder<String> facts = new SmallMap.Builder<>();
        facts.put(first, value);
        facts.put(second, other);
        return facts.build();
    }

    static Reading of(double value, String text, Map<String, String> facts) {
        return new Reading(value, value, text, facts, null);
    }

    static Reading between(double least, double most, String text, Map<String, String> facts) {
        return new Reading(least, most, text, facts, null);
    }

    static Reading instead(CheckResult result) {
        return new Reading(0, 0, "", Map.of(), result);
    }

    static Reading unknown(String reason) {
        return instead(CheckResult.inconclusive(reason));
    }
}
