package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmqpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "amqp://guest:guest@host:5672/,       false, host,      5672, guest, guest, /",
        "amqp://guest:guest@host:5672,        false, host,      5672, guest, guest, /",
        "amqp://guest:guest@host:5672/%2f,    false, host,      5672, guest, guest, /",
        "amqp://host,                         false, host,      5672, guest, guest, /",
        "amqp://,                             false, localhost, 5672, guest, guest, /",
        "AMQPS://host/shop,                   true,  host,      5671, guest, guest, shop",
        "amqp://u%40x:p%3a%2F%25@host/a%2Fb,  false, host,      5672, u@x,   p:/%,  a/b",
        "amqp://u:p:q@host:1/v%C3%A9,         false, host,      1,    u,     p:q,   vé",
        "amqp://u@[::1]:5673/,                false, ::1,       5673, u,     guest, /",
        "amqp://[fe80::1],                    false, fe80::1,   5672, guest, guest, /",
        "amqp://u:@host,                      false, host,      5672, u,     '',    /",
        // the appendix of RabbitMQ's specification, and what the ancestor's client reads besides
        "amqp://user:pass@host:10000/vhost,   false, host,      10000, user, pass,  vhost",
        "amqp://user%61:%61pass@ho%61st:10000/v%2fhost, false, hoast, 10000, usera, apass, v/host",
        "amqp://:@/,                          false, localhost, 5672, '',    '',    /",
        "amqp://user@,                        false, localhost, 5672, user,  guest, /",
        "amqp://user:pass@,                   false, localhost, 5672, user,  pass,  /",
        "amqp://:10000,                       false, localhost, 10000, guest, guest, /",
        "amqp:///vhost,                       false, localhost, 5672, guest, guest, vhost",
        "amqp://host/,                        false, host,      5672, guest, guest, /",
        "amqp://[::1],                        false, ::1,       5672, guest, guest, /",
        "amqp://host/%2F%2F,                  false, host,      5672, guest, guest, //",
        "amqp://host/%2Fslash%2F,             false, host,      5672, guest, guest, /slash/",
        "amqp://192.168.1.1:1000/,            false, 192.168.1.1, 1000, guest, guest, /",
        "amqp://[fe80::1%25en0]:5671,         false, fe80::1%en0, 5671, guest, guest, /",
        "amqps:///,                           true,  localhost, 5671, guest, guest, /"
    })
    void readsEveryForm(String uri, boolean tls, String host, int port, String user, String password, String vhost) {
        AmqpAddress address = AmqpAddress.parse(uri);
        assertThat(address.tls()).isEqualTo(tls);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.user()).isEqualTo(user);
        assertThat(address.password()).isEqualTo(password);
        assertThat(address.virtualHost()).isEqualTo(vhost);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://u:secret@host/|an AMQP URI must begin with amqp:// or amqps://, as in amqp://user:password@host:5672/",
                "amqp://u:secret@host:0/|the port of an AMQP URI must be a number from 1 to 65535;"
                        + " write :, / and @ in a password percent-encoded",
                "amqp://u:secret@host:65536/|the port of an AMQP URI must be a number from 1 to 65535;"
                        + " write :, / and @ in a password percent-encoded",
                "amqp://u:sec/ret@host/|the virtual host of an AMQP URI must be one segment of the path;"
                        + " write a / in its name as %2f",
                "amqp://u:secret@host/a/b|the virtual host of an AMQP URI must be one segment of the path;"
                        + " write a / in its name as %2f",
                "amqp://u:secret%@host/|in the password of an AMQP URI, % must be followed by two hexadecimal digits;"
                        + " write % itself as %25",
                "amqp://u:secret%zz@host/|in the password of an AMQP URI, % must be followed by two hexadecimal digits;"
                        + " write % itself as %25",
                "amqp://u:%ff@host/|the password of an AMQP URI is not UTF-8 once decoded",
                "amqp://u:secret@host/?heartbeat=1|an AMQP URI must not have a query;"
                        + " set what it says with the options beside it",
                "amqp://u:secret@host/#f|an AMQP URI must not have a fragment; write # as %23",
                "amqp://u:secret@[::1/|the host of an AMQP URI begins with [ and must end with ]",
                "amqp://u:sec ret@host/|an AMQP URI must not contain spaces or control characters,"
                        + " but has one at position 12; write it percent-encoded"
            })
    void saysWhatIsWrongWithoutThePassword(String uri, String message) {
        assertThatThrownBy(() -> AmqpAddress.parse(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void acceptsAPasswordOfNoneButHexDigitsAtItsEnd() {
        assertThat(AmqpAddress.parse("amqp://u:%41%42@h").password()).isEqualTo("AB");
    }

    @Test
    void showsNoPassword() {
        assertThat(AmqpAddress.parse("amqps://us%40er:secret@[::1]/a%2fb"))
                .hasToString("amqps://us%40er:***@[::1]:5671/a%2fb");
        assertThat(AmqpAddress.parse("amqp://h").withCredentials("u", "secret").withVirtualHost("v"))
                .hasToString("amqp://u:***@h:5672/v");
    }

    @Test
    void refusesEmptyVirtualHost() {
        assertThatThrownBy(() -> AmqpAddress.parse("amqp://h").withVirtualHost(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the virtual host must not be empty; the usual one is called /");
    }
}
