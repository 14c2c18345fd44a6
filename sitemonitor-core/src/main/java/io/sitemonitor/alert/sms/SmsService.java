package io.sitemonitor.alert.sms;

import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.internal.HttpDelivery;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service that sends text messages. Immutable. */
interface SmsService {

    /** Is told of each number that the service has an answer for. */
    @FunctionalInterface
    interface Outcome {

        void told(String number, SmsStatus status);
    }

    /**
     * Sends a text.
     *
     * @param numbers to whom, not empty
     * @param from the sender; null for what the service has for the account
     * @param outcome told of each number as soon as its outcome is known
     * @throws RetryAlertException if the service says when to come again
     * @throws IOException if it is not known of everybody whether he was served
     */
    void send(List<String> numbers, String text, @Nullable String from, Outcome outcome)
            throws IOException, RetryAlertException;

    /** How the service is reached. */
    HttpDelivery delivery();

    /** The same service, reached in another way. */
    SmsService over(HttpDelivery delivery);
}
