package io.sitemonitor.amqp.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Puts messages into a queue of ours. Connects when there is the first of them. For one thread. */
final class Forwarder {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Courier courier;
    private boolean started;

    Forwarder(IntakeSettings settings, String role, Declarations needs, Link.Wiring wiring) {
        courier = new Courier(
                "",
                needs,
                settings.endpoint(),
                LinkNames.of(settings.name(), role),
                LIMIT,
                new Reports(settings.name(), role, settings.listeners(), wiring),
                wiring);
    }

    /**
     * Begins to forward.
     *
     * @param outcome gets why it failed; empty if it is there. Called by another thread, and must return at once
     */
    void send(Letter letter, Consumer<Optional<String>> outcome) {
        if (!started) {
            started = true;
            courier.start();
        }
        CompletableFuture<?> unused = courier.send(letter, LIMIT, IllegalStateException::new)
                .whenComplete((nothing, thrown) -> outcome.accept(
                        thrown == null ? Optional.empty() : Optional.of(String.valueOf(thrown.getMessage()))));
    }

    void close() {
        courier.close(Duration.ofMillis(1));
    }
}
