package io.sitemonitor.amqp.internal;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the handling of one alert has come. For one thread at a time, but for {@code succeeded}, to which a handler that was given
 * up may add later.
 */
final class Progress {

    final Set<Integer> succeeded = ConcurrentHashMap.newKeySet();
    final Map<Integer, String> givenUp = new TreeMap<>();
    int attempts;
    /** How long a handler asked to be left alone at the last attempt; 0 if none did. */
    long asked;

    /** Whether a handler will never take it. */
    boolean refused;

    long notBefore;
    boolean finished;

    /** Handlers are being called. */
    boolean inHand;

    /** Begins anew with the handlers that have not succeeded. */
    void anew() {
        givenUp.clear();
        attempts = 0;
        notBefore = 0;
        refused = false;
    }
}
