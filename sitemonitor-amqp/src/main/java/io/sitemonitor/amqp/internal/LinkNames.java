package io.sitemonitor.amqp.internal;

/**
 * How a link shows itself.
 *
 * @param connection the name of the connection at the broker
 * @param thread the name of its thread, and the beginning of the names of the client's threads
 * @param log the beginning of its log lines
 */
public record LinkNames(String connection, String thread, String log) {

    /**
     * Names a link.
     *
     * @param name whose link it is
     * @param role what it is for
     * @return the names
     */
    public static LinkNames of(String name, String role) {
        return new LinkNames(
                "sitemonitor:" + name + ":" + role,
                "sitemonitor-" + name + "-amqp-" + role,
                "[" + name + "] amqp " + role);
    }
}
