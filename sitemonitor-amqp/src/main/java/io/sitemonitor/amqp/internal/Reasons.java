package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.MalformedFrameException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.sitemonitor.check.SafeText;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What an exception of the client says, in one line. */
final class Reasons {

    private static final int LIMIT = 300;

    private Reasons() {}

    static String of(Throwable error) {
        ShutdownSignalException signal = signal(error);
        if (signal != null) {
            Method reason = signal.getReason();
            if (reason instanceof AMQP.Channel.Close close) {
                return clean(close.getReplyCode() + " " + close.getReplyText());
            }
            if (reason instanceof AMQP.Connection.Close close) {
                return clean(close.getReplyCode() + " " + close.getReplyText());
            }
        }
        if (error instanceof MalformedFrameException) {
            return clean("the other side does not speak AMQP 0-9-1 here; if it speaks TLS, the address must begin with"
                    + " amqps:// (" + error.getMessage() + ")");
        }
        Throwable deepest = error;
        String text = null;
        for (int depth = 0; deepest != null && depth < 20; depth++) {
            if (deepest.getMessage() != null && !(deepest instanceof ShutdownSignalException)) {
                text = deepest instanceof Link.Troubled
                        ? deepest.getMessage()
                        : deepest.getClass().getSimpleName() + ": " + deepest.getMessage();
            }
            deepest = deepest.getCause();
        }
        if (text == null && signal != null) {
            text = signal.getMessage();
        }
        return clean(text == null ? error.getClass().getSimpleName() : text);
    }

    /** Returns the code with which the broker closed, or 0. */
    static int code(Throwable error) {
        ShutdownSignalException signal = signal(error);
        Method reason = signal == null ? null : signal.getReason();
        return reason instanceof AMQP.Channel.Close channel
                ? channel.getReplyCode()
                : reason instanceof AMQP.Connection.Close connection ? connection.getReplyCode() : 0;
    }

    /** Tells whether one side will not have the other: it will say so again until somebody changes something. */
    static boolean isRefusal(Throwable error) {
        int code = code(error);
        return error instanceof AuthenticationFailureException
                || error instanceof PossibleAuthenticationFailureException
                || error instanceof SSLException
                || code == AMQP.ACCESS_REFUSED
                || code == AMQP.NOT_ALLOWED;
    }

    private static @Nullable ShutdownSignalException signal(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof ShutdownSignalException signal) {
                return signal;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static String clean(String text) {
        return SafeText.line(text, LIMIT);
    }
}
