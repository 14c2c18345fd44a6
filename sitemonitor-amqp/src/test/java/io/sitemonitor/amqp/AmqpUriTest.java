package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.amqp.internal.BrokerEndpoint;
import io.sitemonitor.amqp.internal.TlsOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The query of a URI, as RabbitMQ's own clients understand it. */
class AmqpUriTest {

    @TempDir
    private Path directory;

    @Test
    void honoursWhatConnectionsHave() {
        BrokerEndpoint endpoint = endpoint(AmqpBroker.at(
                "amqp://u:p%3f@h/v?heartbeat=5&connection_timeout=10000&channel_max=2047&auth_mechanism=PLAIN"));
        assertThat(endpoint.heartbeat()).isEqualTo(Duration.ofSeconds(5));
        assertThat(endpoint.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(endpoint.virtualHost()).isEqualTo("v");
        assertThat(endpoint.tls()).isNull();
        assertThat(endpoint.login().get()).isEqualTo(new AmqpCredentials("u", "p?"));
    }

    @Test
    void honoursFilesAndNames() throws Exception {
        TestAuthority authority = new TestAuthority(directory.resolve("with space"));
        authority.certify("shop");
        String files = "cacertfile=" + encoded(authority.certificate()) + "&certfile="
                + encoded(authority.certificate("shop")) + "&keyfile=" + encoded(authority.key("shop"));
        BrokerEndpoint endpoint = endpoint(AmqpBroker.at("amqps://h?" + files
                + "&verify=verify_peer&server_name_indication=other.example&auth_mechanism=external"));
        TlsOptions tls = endpoint.tls();
        assertThat(tls.trust()).isNotNull();
        assertThat(tls.key()).isNotNull();
        assertThat(tls.serverName()).isEqualTo("other.example");
        assertThat(endpoint.login()).isNull();
    }

    @Test
    void optionsWinOverTheQuery() {
        AmqpBroker broker = AmqpBroker.at("amqp://h?heartbeat=5").heartbeat(Duration.ofSeconds(7));
        assertThat(endpoint(broker).heartbeat()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void defaultsAreThoseOfTheLibrary() {
        BrokerEndpoint endpoint = endpoint(AmqpBroker.at("amqps://h"));
        assertThat(endpoint.heartbeat()).isEqualTo(AmqpDefaults.HEARTBEAT).isEqualTo(Duration.ofSeconds(10));
        assertThat(endpoint.connectTimeout())
                .isEqualTo(AmqpDefaults.CONNECT_TIMEOUT)
                .isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amqps://h?verify=verify_none|the parameter 'verify' of an AMQP URI must be verify_peer or left out:"
                        + " chain and name are always verified; say whom to trust with cacertfile, and under which name with"
                        + " server_name_indication",
                "amqps://h?server_name_indication=disable|the parameter 'server_name_indication' of an AMQP URI must be a"
                        + " name: names are always verified",
                "amqps://h?auth_mechanism=amqplain|the parameter 'auth_mechanism' of an AMQP URI must be plain, for user"
                        + " and password, or external, for a certificate",
                "amqp://h?auth_mechanism=external|the parameter 'auth_mechanism' of an AMQP URI needs TLS to be external:"
                        + " begin the URI with amqps://",
                "amqp://h?cacertfile=/ca.pem|the parameter 'cacertfile' of an AMQP URI needs TLS: begin the URI with"
                        + " amqps://, or leave it out",
                "amqps://h?certfile=/c.pem|the parameter 'certfile' of an AMQP URI needs the other: certfile and keyfile",
                "amqps://h?cacertfile=/no/such|the file /no/such cannot be read:"
                        + " java.nio.file.NoSuchFileException: /no/such",
                "amqp://h?heartbeat=0|heartbeat must be whole seconds from PT1S to PT10M, but was PT0S",
                "amqp://h?heartbeat=s3cr3t|the parameter 'heartbeat' of an AMQP URI must be a number of seconds",
                "amqp://h?connection_timeout=infinity|the parameter 'connection_timeout' of an AMQP URI must be a number"
                        + " of milliseconds",
                "amqp://h?channel_max=7|the parameter 'channel_max' of an AMQP URI must be 0 or at least 8",
                "amqp://h?heartbeat=5&heartbeat=6|the parameter 'heartbeat' of an AMQP URI must not stand there twice",
                "amqp://h?heartbeat|the parameter 'heartbeat' of an AMQP URI has no value",
                "amqp://h?heartbeat=|the parameter 'heartbeat' of an AMQP URI has no value",
                "amqp://h?frame_max=1|the query of an AMQP URI has the parameter 'frame_max', which is not known here;"
                        + " known are heartbeat, connection_timeout, cacertfile, certfile, keyfile, verify,"
                        + " server_name_indication, auth_mechanism, channel_max",
                "amqp://h?s3cr3t|the query of an AMQP URI has a parameter that is not known here;"
                        + " known are heartbeat, connection_timeout, cacertfile, certfile, keyfile, verify,"
                        + " server_name_indication, auth_mechanism, channel_max",
                "amqp://u:s3?cr3t@h/|a ? in the user or the password of an AMQP URI must be written %3f,"
                        + " and an @ in its query %40",
                "amqp://h?heartbeat=5#s3cr3t|an AMQP URI must not have a fragment; write # as %23",
                "amqp://h?heartbeat=5 |an AMQP URI must not contain spaces or control characters,"
                        + " but has one at position 20; write it percent-encoded"
            },
            ignoreLeadingAndTrailingWhitespace = false)
    void saysWhatIsWrongWithoutSecrets(String uri, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AmqpBroker.at(uri))
                .withMessage(message)
                .withMessageNotContaining("s3");
    }

    private static BrokerEndpoint endpoint(AmqpBroker broker) {
        return (BrokerEndpoint) broker.endpoint();
    }

    private static String encoded(Path file) {
        return file.toString().replace(" ", "%20");
    }
}
