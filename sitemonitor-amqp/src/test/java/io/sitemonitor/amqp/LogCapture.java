package io.sitemonitor.amqp;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open, at every level. */
final class LogCapture implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.sitemonitor");
    private final Logger client = (Logger) LoggerFactory.getLogger("com.rabbitmq");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    LogCapture() {
        appender.start();
        ours.setLevel(Level.ALL);
        client.setLevel(Level.ALL);
        ours.setAdditive(false);
        client.setAdditive(false);
        ours.addAppender(appender);
        client.addAppender(appender);
    }

    List<String> atLeast(Level level) {
        synchronized (appender) {
            return events().stream()
                    .filter(event -> event.getLevel().isGreaterOrEqual(level))
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }
    }

    /** All of it, with the text of every exception. */
    String everything() {
        StringBuilder text = new StringBuilder();
        for (ILoggingEvent event : events()) {
            text.append(event.getFormattedMessage()).append('\n');
            for (IThrowableProxy error = event.getThrowableProxy(); error != null; error = error.getCause()) {
                text.append(error.getClassName())
                        .append(": ")
                        .append(error.getMessage())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private List<ILoggingEvent> events() {
        return new ArrayList<>(appender.list);
    }

    @Override
    public void close() {
        for (Logger logger : List.of(ours, client)) {
            logger.detachAppender(appender);
            logger.setLevel(null);
            logger.setAdditive(true);
        }
        root.debug("capture ended");
    }
}
