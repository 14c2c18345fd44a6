package io.sitemonitor.alert.sms;

/**
 * What a service says about one recipient.
 *
 * @param end whether it was taken
 * @param text the same in the words of the service: one harmless line
 */
record SmsStatus(End end, String text) {

    enum End {
        /** The service has it. */
        ACCEPTED,
        /** No later attempt can end otherwise: no such number, a kind that gets no messages, or its owner refuses them. */
        REFUSED,
        /** It may be taken later. */
        FAILED
    }

    @Override
    public String toString() {
        return text;
    }
}
