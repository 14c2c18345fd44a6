package io.sitemonitor.examples.amqp;

import io.sitemonitor.alert.email.EmailListener;
import io.sitemonitor.alert.sms.SmsListener;
import io.sitemonitor.amqp.AmqpAlertConsumer;
import io.sitemonitor.amqp.AmqpAlertConsumerBuilder;
import io.sitemonitor.amqp.AmqpBroker;
import io.sitemonitor.amqp.SiteStatusConsumers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How the owner of a site is told: by e-mail, and by text message if there is an account for that. */
final class Owners {

    private Owners() {}

    /** Prepares the consumer that the command line asks for. */
    static AmqpAlertConsumerBuilder consumer(AmqpBroker broker, Arguments arguments) {
        EmailListener email = EmailListener.smtp(arguments.required("--smtp", "smtp://mail.internal"))
                .from(arguments.required("--from", "alerts@shop.example"));
        Optional<SmsListener> sms = sms(arguments);
        arguments.end();
        return sms.map(texts -> SiteStatusConsumers.emailAndSms(broker, email, texts))
                .orElseGet(() -> AmqpAlertConsumer.from(broker).named("owners").handler("email", email));
    }

    private static Optional<SmsListener> sms(Arguments arguments) {
        Optional<String> username = arguments.optional("--sms-username");
        Optional<String> keyFile = arguments.optional("--sms-key-file");
        Optional<String> endpoint = arguments.optional("--sms-endpoint");
        if (username.isEmpty() && keyFile.isEmpty() && endpoint.isEmpty()) {
            return Optional.empty();
        }
        if (username.isEmpty() || keyFile.isEmpty()) {
            throw new IllegalArgumentException("text messages need both --sms-username and --sms-key-file");
        }
        SmsListener sms = SmsListener.africasTalking(username.get(), key(keyFile.get()));
        return Optional.of(endpoint.map(sms::endpoint).orElse(sms));
    }

    /** From a file, since everybody on this machine can read command lines. */
    private static String key(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("--sms-key-file cannot be read: " + e, e);
        }
    }
}
