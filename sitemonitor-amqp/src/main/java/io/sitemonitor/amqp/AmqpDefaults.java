package io.sitemonitor.amqp;

import java.time.Duration;

/** What publishers and consumers use unless told otherwise; the names are those that have always been used. */
public final class AmqpDefaults {

    /** The exchange: direct, durable, without arguments. */
    public static final String EXCHANGE = "site_monitor";

    /** The routing key of alerts. */
    public static final String ROUTING_KEY = "sites_status_key";

    /** The queue of alerts: durable, without arguments. */
    public static final String QUEUE = "alert_queue";

    /** The queue of {@link SiteStatusConsumers#incidentLog}: durable, without arguments. */
    public static final String LOG_QUEUE = "incident_log_queue";

    /** The exchange of {@link AmqpTopology#topic()}: topic, durable, without arguments. */
    public static final String TOPIC_EXCHANGE = "sitemonitor.alerts";

    /** The queue of {@link AmqpTopology#topic()}. */
    public static final String TOPIC_QUEUE = "sitemonitor.alerts";

    /** What is added to the name of a queue for its dead letters. */
    public static final String DEAD_LETTER_SUFFIX = ".dead";

    /** What is added to the name of a queue for messages that are tried again later. */
    public static final String RETRY_SUFFIX = ".retry";

    /** How long a connection may take, and again its handshake: 3 seconds. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** How often a sign of life is asked for: 10 seconds. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** How long a publisher waits until an alert is confirmed: 8 seconds, a little less than a monitor allows a listener. */
    public static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(8);

    /** How often an event publisher tells the state of all checks: every 5 seconds. */
    public static final Duration SNAPSHOT_EVERY = Duration.ofSeconds(5);

    /** How many events wait for the broker at most: 10,000. */
    public static final int WAITING_EVENTS = 10_000;

    private AmqpDefaults() {}
}
