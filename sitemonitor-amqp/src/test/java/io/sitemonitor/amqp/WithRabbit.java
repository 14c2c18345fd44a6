package io.sitemonitor.amqp;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Gives tests a RabbitMQ: one private node for all of them. Where none is installed the tests are skipped and say so;
 * with {@code CI=true} or {@code SITEMONITOR_RABBITMQ_REQUIRED=true} that is a failure. Tests that need no power over the
 * node run against the one named by {@code SITEMONITOR_RABBITMQ}, if that is set.
 */
public final class WithRabbit implements BeforeAllCallback {

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(WithRabbit.class);
    private static Optional<RabbitNode> node = Optional.empty();

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (given() != null && !context.getRequiredTestClass().isAnnotationPresent(NeedsOwnNode.class)) {
            return;
        }
        if (!RabbitNode.isInstalled()) {
            String message =
                    "rabbitmq-server is not installed, so " + context.getDisplayName() + " proves nothing here;"
                            + " install the package rabbitmq-server, or name a broker in SITEMONITOR_RABBITMQ";
            if (isRequired("CI") || isRequired("SITEMONITOR_RABBITMQ_REQUIRED")) {
                throw new IllegalStateException(message);
            }
            LoggerFactory.getLogger(WithRabbit.class).warn("SKIPPED: {}", message);
            Assumptions.abort(message);
        }
        context.getRoot().getStore(OURS).getOrComputeIfAbsent("node", key -> new Closing(start()), Closing.class);
    }

    static String uri() {
        String given = given();
        return given == null ? node().uri() : given;
    }

    public static RabbitNode node() {
        return node.orElseThrow();
    }

    private static RabbitNode start() {
        try {
            node = Optional.of(RabbitNode.start());
            return node.get();
        } catch (IOException e) {
            throw new IllegalStateException("the private RabbitMQ did not start", e);
        }
    }

    private static String given() {
        return System.getenv("SITEMONITOR_RABBITMQ");
    }

    private static boolean isRequired(String variable) {
        return "true".equals(System.getenv(variable));
    }

    private record Closing(RabbitNode started) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            started.close();
            node = Optional.empty();
        }
    }
}
