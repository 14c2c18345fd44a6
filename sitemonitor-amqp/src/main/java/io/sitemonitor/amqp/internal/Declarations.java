package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * What has to be there before somebody can work, and who sees to it.
 *
 * @param mode who sees to it
 * @param all what, in the order in which it is declared
 */
public record Declarations(Mode mode, List<Declaration> all) {

    /** Who sees to it that things are there. */
    public enum Mode {
        /** We declare them. */
        DECLARE,
        /** We only ask whether they are there. */
        CHECK,
        /** Somebody else; we do not even ask. */
        NONE
    }

    /** Copies the list. */
    public Declarations {
        all = List.copyOf(all);
    }

    /**
     * Sees to it on a fresh channel.
     *
     * @throws IOException if the connection ends
     * @throws TimeoutException if a channel of its own could not be closed
     * @throws Link.Troubled if the broker refuses; the channel is closed then
     */
    void apply(Channel channel) throws IOException, TimeoutException, Link.Troubled {
        for (Declaration each : all) {
            if (mode == Mode.CHECK) {
                check(each, channel);
            } else if (mode == Mode.DECLARE && !(each.isOnlyIfAbsent() && each.exists(channel.getConnection()))) {
                declare(each, channel);
            }
        }
    }

    private static void declare(Declaration each, Channel channel) throws Link.Troubled {
        try {
            each.declare(channel);
        } catch (IOException e) {
            throw new Link.Troubled("cannot declare " + each + ": " + Reasons.of(e), e, false);
        }
    }

    private static void check(Declaration each, Channel channel) throws Link.Troubled {
        try {
            each.check(channel);
        } catch (IOException e) {
            throw new Link.Troubled(
                    "cannot find " + each + ", which is only looked for, as configured: " + Reasons.of(e), e, false);
        }
    }
}
