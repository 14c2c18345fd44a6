package io.sitemonitor.alert.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpServerTest {

    private static final String EXAMPLE = "; write it like smtp://user:password@mail.example:587?starttls=required";

    @ParameterizedTest
    @CsvSource({
        "smtp://mail.internal,smtp://mail.internal:25,OPTIONAL",
        "SMTP://mail_relay:587/,smtp://mail_relay:587,OPTIONAL",
        "smtps://mail.internal,smtps://mail.internal:465,OFF",
        "smtp://u:p@mail.internal:587,smtp://mail.internal:587,REQUIRED",
        "smtp://u:p@mail.internal?starttls=optional,smtp://mail.internal:25,OPTIONAL",
        "smtp://mail.internal/?starttls=off,smtp://mail.internal:25,OFF",
        "smtp://u:p@localhost,smtp://localhost:25,OFF",
        "smtp://127.0.0.1?starttls=required,smtp://127.0.0.1:25,REQUIRED",
        "smtp://127.evil.example,smtp://127.evil.example:25,OPTIONAL",
        "smtp://[::1]:2525,smtp://[::1]:2525,OFF",
        "smtp://[2001:db8::1],smtp://[2001:db8::1]:25,OPTIONAL",
    })
    void readsWhatAnUrlSays(String url, String shown, SmtpServer.StartTls startTls) {
        SmtpServer server = SmtpServer.parse(url);

        assertThat(server).hasToString(shown);
        assertThat(server.startTls()).isEqualTo(startTls);
    }

    @Test
    void credentialsArePercentDecoded() {
        SmtpServer server = SmtpServer.parse("smtp://shop%40mail:p%3As%2Fw%25d+%C3%BC:@x@mail");

        assertThat(server.user()).isEqualTo("shop@mail");
        assertThat(server.password()).isEqualTo("p:s/w%d+ü:@x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mail.internal|an SMTP URL must begin with smtp:// or smtps://",
                "http://mail|an SMTP URL must begin with smtp:// or smtps://",
                "smtp://|an SMTP URL needs the name or address of a host, but has ''",
                "smtp://ma il|an SMTP URL needs the name or address of a host, but has 'ma il'",
                "smtp://mail/path|an SMTP URL needs the name or address of a host, but has 'mail/path'",
                "smtp://mail:0|the port of an SMTP URL must be from 1 to 65535, but was 0",
                "smtp://mail:65536|the port of an SMTP URL must be from 1 to 65535, but was 65536",
                "smtp://mail:|the port of an SMTP URL must be from 1 to 65535, but is not a number",
                "smtp://user@mail|the credentials in an SMTP URL need a user and a password",
            })
    void refusesWhatIsNoSmtpUrl(String url, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpServer.parse(url))
                .withMessage(message + EXAMPLE);
    }

    @Test
    void refusesOtherParameters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpServer.parse("smtp://mail?starttls=yes&x=secret"))
                .withMessage("an SMTP URL takes ?starttls=required, optional or off, but has 'starttls=yes'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpServer.parse("smtp://mail?password=secret"))
                .withMessage("an SMTP URL takes ?starttls=required, optional or off, but has 'password'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpServer.parse("smtps://mail?starttls=required"))
                .withMessage("starttls belongs to smtp://; a connection of smtps:// is encrypted from the start");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smtp://user:secret",
                "smtp://user:secret%zz@mail",
                "smtp://user:secret@ma il",
                "secret://u:secret@mail",
                "smtp://user:secret@mail:x",
                "smtp://user:secret@mail?secret=1",
                "smtp://:secret@mail"
            })
    void showsNoCredentialsOfAnUrlThatItCannotRead(String url) {
        Throwable thrown = catchThrowable(() -> SmtpServer.parse(url));

        assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
        assertThat(thrown.getCause()).isNull();
        assertThat(thrown.getMessage().replace("has 'secret'", "")).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "ops@shop.example,ops@shop.example",
        "o'p+s@localhost,o'p+s@localhost",
        "a@bücher.example,a@xn--bcher-kva.example"
    })
    void readsAddresses(String written, String address) {
        assertThat(MailAddress.require(written).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ops",
                "@shop.example",
                "ops@",
                "a b@x",
                "a@b c",
                ".a@x",
                "a.@x",
                "a..b@x",
                "a@-x",
                "a@x-",
                "a@x..y",
                "a@x.",
                "größe@x",
                "a@größe.example",
                "a@b@c",
                "\"a\"@x",
                "a@[127.0.0.1]",
                "a,b@x",
                "<a@x>",
                "a@x\r\n",
                "a\u0000@x"
            })
    void refusesWhatIsNoAddress(String written) {
        assertThat(MailAddress.parse(written)).isNull();
    }
}
