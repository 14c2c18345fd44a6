package io.sitemonitor.amqp;

/** The names that publishers and consumers use unless told otherwise: those that have always been used. */
public final class AmqpDefaults {

    /** The exchange: direct, durable, without arguments. */
    public static final String EXCHANGE = "site_monitor";

    /** The routing key of alerts. */
    public static final String ROUTING_KEY = "sites_status_key";

    /** The queue of alerts: durable, without arguments. */
    public static final String QUEUE = "alert_queue";

    /** The exchange of {@link AmqpTopology#topic()}: topic, durable, without arguments. */
    public static final String TOPIC_EXCHANGE = "sitemonitor.alerts";

    /** The queue of {@link AmqpTopology#topic()}. */
    public static final String TOPIC_QUEUE = "sitemonitor.alerts";

    /** What is added to the name of a queue for its dead letters. */
    public static final String DEAD_LETTER_SUFFIX = ".dead";

    /** What is added to the name of a queue for messages that are tried again later. */
    public static final String RETRY_SUFFIX = ".retry";

    private AmqpDefaults() {}
}
