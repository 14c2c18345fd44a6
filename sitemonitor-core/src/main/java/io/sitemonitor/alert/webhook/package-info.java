/**
 * Alerts to any server by HTTP: {@link io.sitemonitor.alert.webhook.WebhookListener} posts them as JSON, signed if
 * wanted. Imports {@code alert}, {@code check} and {@code time}, OkHttp and Jackson; nobody imports it. Listeners are
 * immutable and safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.alert.webhook;

import org.jspecify.annotations.NullMarked;
