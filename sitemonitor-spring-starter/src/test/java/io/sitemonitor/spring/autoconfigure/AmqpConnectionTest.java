package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.amqp.AmqpAlertPublisher;
import java.lang.reflect.Proxy;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** How the properties say to connect to the broker. None of these connects. */
class AmqpConnectionTest {

    private static final String AMQP = "sitemonitor.alerts.amqp.";
    private static final String TYPE = "org.springframework.amqp.rabbit.connection.ConnectionFactory";

    private final ApplicationContextRunner application = Runners.applicationIn(Runners.time());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uri=amqps://h, heartbeat=1500ms|heartbeat|heartbeat must be whole seconds from PT1S to PT10M,"
                        + " but was PT1.5S",
                "uri=amqps://h, connect-timeout=2h|connect-timeout|connectTimeout must be from PT0.001S to PT1H,"
                        + " but was PT2H",
                "uri=amqps://h, confirm-timeout=0s|confirm-timeout|confirmTimeout must be from PT0.001S to PT1H,"
                        + " but was PT0S",
                "uri=amqps://h, ssl-bundle=other|ssl-bundle|there is no SSL bundle named 'other' below spring.ssl.bundle",
                "uri=amqp://h, ssl-bundle=good|ssl-bundle|sslContext needs TLS, so an address that begins with amqps://,"
                        + " but it is amqp://guest:***@h:5672/",
                "uri=amqps://h?verify=verify_none|uri|the parameter 'verify' of an AMQP URI must be verify_peer or left out:"
                        + " chain and name are always verified; say whom to trust with cacertfile, and under which name with"
                        + " server_name_indication",
                "uri=amqps://h, use-connection-factory=true|uri|with sitemonitor.alerts.amqp.use-connection-factory the"
                        + " application's own connections are used, which have it set already; keep one of them",
                "use-connection-factory=true, heartbeat=5s|heartbeat|with sitemonitor.alerts.amqp.use-connection-factory the"
                        + " application's own connections are used, which have it set already; keep one of them",
                "uri=amqp://h, other-nodes=b:x|other-nodes|otherNodes must be hosts as in rabbit-2 or rabbit-2:5672, but one is"
                        + " not: the port of an AMQP URI must be a number from 1 to 65535; write :, / and @ in a password"
                        + " percent-encoded",
                "use-connection-factory=true, other-nodes=b|other-nodes|with sitemonitor.alerts.amqp.use-connection-factory"
                        + " the application's own connections are used, which have it set already; keep one of them",
                "use-connection-factory=true|use-connection-factory|there is no bean of the type " + TYPE
                        + "; add spring-boot-starter-amqp to the application, or define one",
                "use-connection-factory=rabbit|use-connection-factory|there is no bean named 'rabbit' of the type "
                        + TYPE + "; there is none"
            })
    void saysWhatIsWrong(String properties, String property, String reason) {
        with(properties)
                .withBean(SslBundles.class, () -> new DefaultSslBundleRegistry("good", bundle(new AtomicInteger())))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .satisfies(cause -> assertThat(messages(context.getStartupFailure()))
                                .contains("property " + AMQP + property + " cannot be used: " + reason)));
    }

    @Test
    void namesAllNodes() {
        application
                .withPropertyValues(AMQP + "uri=amqp://h/shop", AMQP + "other-nodes=b, c:5673")
                .run(context -> assertThat(context.getBean(AmqpAlertPublisher.class))
                        .asString()
                        .endsWith("amqp://guest:***@h:5672,b:5672,c:5673/shop"));
    }

    @Test
    void plainNumbersCountInSeconds() {
        with("uri=amqp://h, heartbeat=5, connect-timeout=2, confirm-timeout=4")
                .run(context -> assertThat(context.getBean(SiteMonitorProperties.class)
                                .alerts()
                                .amqp())
                        .satisfies(amqp -> {
                            assertThat(amqp.heartbeat()).isEqualTo(Duration.ofSeconds(5));
                            assertThat(amqp.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
                            assertThat(amqp.confirmTimeout()).isEqualTo(Duration.ofSeconds(4));
                        }));
    }

    @Test
    void sslBundleIsAskedForEachConnection() {
        AtomicInteger asked = new AtomicInteger();
        with("uri=amqps://127.0.0.1:1, ssl-bundle=good")
                .withBean(SslBundles.class, () -> new DefaultSslBundleRegistry("good", bundle(asked)))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(AmqpAlertPublisher.class);
                    await().until(() -> asked.get() >= 4);
                });
    }

    @Test
    void needsSslBundles() {
        with("uri=amqps://h, ssl-bundle=good")
                .run(context -> assertThat(messages(context.getStartupFailure()))
                        .contains(
                                "property " + AMQP + "ssl-bundle cannot be used: this application has no SSL bundles"));
    }

    @Test
    void choosesTheConnectionFactory() {
        ApplicationContextRunner two = application
                .withBean("first", ConnectionFactory.class, AmqpConnectionTest::unusable)
                .withBean("second", ConnectionFactory.class, AmqpConnectionTest::unusable);
        two.withPropertyValues(AMQP + "use-connection-factory=second")
                .run(context -> assertThat(
                                context.getBean(AmqpAlertPublisher.class).toString())
                        .endsWith("to the broker of the host's connections"));
        two.withPropertyValues(AMQP + "use-connection-factory=true")
                .run(context -> assertThat(messages(context.getStartupFailure()))
                        .contains("there are several beans of the type " + TYPE
                                + " and none is primary; name one of [first, second]"));
        two.withPropertyValues(AMQP + "use-connection-factory=third")
                .run(context -> assertThat(messages(context.getStartupFailure()))
                        .contains(
                                "there is no bean named 'third' of the type " + TYPE + "; there are [first, second]"));
        two.withPropertyValues(AMQP + "use-connection-factory=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AmqpAlertPublisher.class));
    }

    @Test
    void connectionFactoryWithoutItsLibrary() {
        ApplicationContextRunner factory = with("use-connection-factory=true");
        factory.withClassLoader(new FilteredClassLoader("org.springframework.amqp"))
                .run(context -> assertThat(messages(context.getStartupFailure()))
                        .contains("property " + AMQP + "use-connection-factory cannot be used: it needs spring-rabbit,"
                                + " which is not there; add org.springframework.boot:spring-boot-starter-amqp to the"
                                + " dependencies of the application"));
        factory.withClassLoader(new FilteredClassLoader("io.sitemonitor.amqp"))
                .run(context -> assertThat(messages(context.getStartupFailure()))
                        .contains("property " + AMQP + "use-connection-factory cannot be used: it needs a library that"
                                + " is not there; add io.sitemonitor:sitemonitor-amqp"));
    }

    private ApplicationContextRunner with(String properties) {
        ApplicationContextRunner runner = application;
        for (String property : properties.split(", ")) {
            runner = runner.withPropertyValues(AMQP + property);
        }
        return runner;
    }

    private static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append('\n');
        }
        return all.toString();
    }

    private static ConnectionFactory unusable() {
        return (ConnectionFactory) Proxy.newProxyInstance(
                ConnectionFactory.class.getClassLoader(),
                new Class<?>[] {ConnectionFactory.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private static SslBundle bundle(AtomicInteger asked) {
        SslBundle system = SslBundle.systemDefault();
        return (SslBundle) Proxy.newProxyInstance(
                SslBundle.class.getClassLoader(), new Class<?>[] {SslBundle.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("createSslContext")) {
                        asked.incrementAndGet();
                        return context();
                    }
                    return method.invoke(system, arguments);
                });
    }

    private static SSLContext context() throws NoSuchAlgorithmException {
        return SSLContext.getDefault();
    }
}
