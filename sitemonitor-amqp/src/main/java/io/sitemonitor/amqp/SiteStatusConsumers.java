package io.sitemonitor.amqp;

import io.sitemonitor.alert.AlertListener;

/**
 * The two consumers that have always been there, ready to start: one tells the owner of a site by e-mail and text message, the
 * other writes the incident log.
 *
 * <pre>{@code
 * AmqpBroker broker = AmqpBroker.at("amqp://guest:guest@broker:5672/");
 * try (AmqpAlertConsumer owners = SiteStatusConsumers.emailAndSms(
 *                         broker, EmailListener.smtp("smtp://mail.internal"), SmsListener.africasTalking("shop", apiKey))
 *                 .start();
 *         AmqpAlertConsumer log = SiteStatusConsumers.incidentLog(broker, IncidentLogListener.text(file)).start()) { … }
 * }</pre>
 *
 * <p>What is e-mailed and texted is that of the alert listeners: {@code Site X is DOWN!} and {@code Site X is back UP!} to the
 * contacts of each message.
 */
public final class SiteStatusConsumers {

    private SiteStatusConsumers() {}

    /**
     * Prepares the consumer that tells owners: it takes from {@value AmqpDefaults#QUEUE}. The text message goes out even if the
     * e-mail cannot be sent, and what succeeded is not repeated.
     *
     * @param broker where the messages are
     * @param email sends e-mail; handles under the name {@code email}
     * @param sms sends text messages; handles under the name {@code sms}
     * @return a builder, named {@code owners}, to be changed or started
     */
    public static AmqpAlertConsumerBuilder emailAndSms(AmqpBroker broker, AlertListener email, AlertListener sms) {
        return AmqpAlertConsumer.from(broker)
                .named("owners")
                .handler("email", email)
                .handler("sms", sms);
    }

    /**
     * Prepares the consumer that writes the incident log. It has a queue of its own, {@value AmqpDefaults#LOG_QUEUE}, bound to the same
     * exchange with the same key: consumers of one queue would share its messages, and each would get only a part of them.
     *
     * @param broker where the messages are
     * @param log writes them; handles under the name {@code incident-log}
     * @return a builder, named {@code incident-log}, to be changed or started
     */
    public static AmqpAlertConsumerBuilder incidentLog(AmqpBroker broker, AlertListener log) {
        return AmqpAlertConsumer.from(broker)
                .named("incident-log")
                .queue(AmqpDefaults.LOG_QUEUE)
                .handler("incident-log", log);
    }
}
