package io.sitemonitor.amqp;

/** The names that publishers and consumers use unless told otherwise: those that have always been used. */
public final class AmqpDefaults {

    /** The exchange: direct, durable, without arguments. */
    public static final String EXCHANGE = "site_monitor";

    /** The routing key of alerts. */
    public static final String ROUTING_KEY = "sites_status_key";

    /** The queue of alerts: durable, without arguments. */
    public static final String QUEUE = "alert_queue";

    /** What is added to the name of a queue for its dead letters. */
    public static final String DEAD_LETTER_SUFFIX = ".dead";

    private AmqpDefaults() {}
}
