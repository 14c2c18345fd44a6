package io.sitemonitor.check;

import io.sitemonitor.check.internal.SmallMap;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run saw, kept so that an alert can show it. It holds no secret and no control character: a check puts in only
 * what may be shown to anybody.
 *
 * @param address the address actually connected to, such as {@code 192.0.2.7:443}; null if there was no connection
 * @param phases how long each phase took, in the order in which they were passed, such as {@code connect} or
 *     {@code tls}
 * @param facts other facts by name, such as {@code status}; cleaned and cut after {@value #MAX_FACT} characters each
 * @param excerpt the beginning of the answer, cut after {@value #MAX_EXCERPT} characters; null if none was kept
 */
public record Evidence(
        @Nullable String address,
        Map<String, Duration> phases,
        Map<String, String> facts,
        @Nullable String excerpt) {

    /** The longest fact kept, in characters. */
    public static final int MAX_FACT = 500;

    /** The longest excerpt kept, in characters. */
    public static final int MAX_EXCERPT = 1_000;

    private static final Evidence NONE = new Evidence(null, Map.of(), Map.of(), null);

    /** Creates the evidence of a run; the maps are copied and keep their order. */
    public Evidence {
        address = address == null ? null : SafeText.line(address, MAX_FACT);
        phases = SmallMap.copyOf(Objects.requireNonNull(phases, "phases"), UnaryOperator.identity());
        facts = SmallMap.copyOf(Objects.requireNonNull(facts, "facts"), fact -> SafeText.line(fact, MAX_FACT));
        excerpt = excerpt == null ? null : SafeText.line(excerpt, MAX_EXCERPT);
    }

    /**
     * Nothing was kept.
     *
     * @return the empty evidence
     */
    public static Evidence none() {
        return NONE;
    }
}
