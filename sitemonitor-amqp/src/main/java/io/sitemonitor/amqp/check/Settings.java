package io.sitemonitor.amqp.check;

import io.sitemonitor.amqp.AmqpAddress;
import io.sitemonitor.amqp.internal.ShortText;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a broker, and by whom.
 *
 * @param user who logs in
 * @param password with which password; null for an empty one
 * @param virtualHost where
 * @param roundTrip whether a message is sent and taken back
 * @param queues the queues that are looked at
 */
record Settings(String user, @Nullable Secret password, String virtualHost, boolean roundTrip, List<Queue> queues) {

    private static final int MOST = 32;
    private static final int MAX_PASSWORD = 4_096;

    /** What is expected of a queue. */
    record Queue(String name, List<Expectation<? super QueueState>> expectations) {

        Queue and(List<Expectation<? super QueueState>> more) {
            List<Expectation<? super QueueState>> all = new ArrayList<>(expectations);
            all.addAll(more);
            if (all.size() > MOST) {
                throw new IllegalArgumentException("a queue can have at most " + MOST + " expectations");
            }
            return new Queue(name, List.copyOf(all));
        }
    }

    static Settings of(AmqpAddress address) {
        String password = address.password();
        return new Settings(
                ShortText.require("user", address.user()),
                password.isEmpty() ? null : Secret.of(password),
                ShortText.require("virtualHost", address.virtualHost()),
                false,
                List.of());
    }

    Settings login(String name, Secret secret) {
        return new Settings(
                ShortText.require("user", name),
                Objects.requireNonNull(secret, "password"),
                virtualHost,
                roundTrip,
                queues);
    }

    Settings withRoundTrip() {
        return new Settings(user, password, virtualHost, true, queues);
    }

    Settings queue(String name, List<Expectation<? super QueueState>> expectations) {
        ShortText.require("queue", name);
        List<Queue> all = new ArrayList<>(queues);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(name)) {
                all.set(i, all.get(i).and(expectations));
                return new Settings(user, password, virtualHost, roundTrip, List.copyOf(all));
            }
        }
        if (all.size() == MOST) {
            throw new IllegalArgumentException("a check can look at " + MOST + " queues at most");
        }
        all.add(new Queue(name, List.of()).and(expectations));
        return new Settings(user, password, virtualHost, roundTrip, List.copyOf(all));
    }

    /** Returns the password as it is now, for the one who sends it. */
    String reveal() throws Refusal {
        String text = password == null ? "" : password.reveal();
        boolean sendable = text.getBytes(StandardCharsets.UTF_8).length <= MAX_PASSWORD
                && text.chars().noneMatch(Character::isISOControl);
        if (!sendable) {
            throw new Refusal(
                    FailureKind.CHECK_ERROR,
                    "the password must have at most " + MAX_PASSWORD + " bytes and no control character");
        }
        return text;
    }

    List<Secret> secrets() {
        return password == null ? List.of() : List.of(password);
    }
}
