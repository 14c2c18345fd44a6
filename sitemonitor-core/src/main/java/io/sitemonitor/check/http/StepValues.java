package io.sitemonitor.check.http;

import io.sitemonitor.check.Secret;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the steps of one run of {@link HttpSteps} have taken from their answers so far.
 *
 * <p><b>Threads:</b> for the thread of the run.
 */
public final class StepValues {

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> secrets = new HashSet<>();

    StepValues() {}

    /**
     * Returns a value.
     *
     * @param name its name
     * @return the value
     * @throws IllegalStateException if no step before this one takes a value of that name
     */
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no step before this one takes a value named '" + name + "'");
        }
        return value;
    }

    /**
     * Returns a value as a secret, such as a token to be sent.
     *
     * @param name its name
     * @return the value
     * @throws IllegalStateException if no step before this one takes a value of that name
     */
    public Secret secret(String name) {
        return Secret.of(get(name));
    }

    void put(String name, String value, boolean secret) {
        values.put(name, value);
        if (secret) {
            secrets.add(value);
        }
    }

    /** What may be shown nowhere. */
    List<String> secrets() {
        return List.copyOf(secrets);
    }
}
