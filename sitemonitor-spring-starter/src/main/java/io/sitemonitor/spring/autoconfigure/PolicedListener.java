package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertPolicyBuilder;
import java.util.function.Consumer;

/**
 * An alert listener with a policy that holds unless properties say otherwise. A bean of its own, for the listener itself is not
 * picked up like others.
 *
 * @param name the name of the listener
 * @param listener the listener
 * @param policy sets what differs from the default
 */
record PolicedListener(String name, AlertListener listener, Consumer<AlertPolicyBuilder> policy) {}
