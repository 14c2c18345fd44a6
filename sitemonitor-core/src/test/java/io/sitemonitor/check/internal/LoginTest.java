package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    @Test
    void writesNameAndPasswordAsPlainHasThem() throws Exception {
        assertThat(Login.NONE.as("tim", Secret.of("tanstaaftanstaaf")).plain())
                .isEqualTo("AHRpbQB0YW5zdGFhZnRhbnN0YWFm"); // the example of RFC 4616, without an identity to act as
    }

    @Test
    void aPasswordAloneHasNoUser() {
        Login login = Login.NONE.as("tim", Secret.of("one")).with(Secret.of("other"));

        assertThat(login).isEqualTo(Login.NONE.with(Secret.of("other")));
        assertThat(login.name()).isEmpty();
    }

    @Test
    void knowsTheFormsInWhichThePasswordIsSent() {
        assertThat(Login.NONE.as("tim", Secret.of("tanstaaftanstaaf")).secrets())
                .extracting(Secret::reveal)
                .containsExactly("tanstaaftanstaaf", "dGFuc3RhYWZ0YW5zdGFhZg==", "AHRpbQB0YW5zdGFhZnRhbnN0YWFm");
        assertThat(Login.NONE.secrets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\0b", "\u0085"})
    void doesNotRevealAPasswordThatWouldEndALine(String password) {
        Login login = Login.NONE.with(Secret.of(password));

        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(login::reveal)
                .withMessage("the password must have at most 4096 bytes and no control character")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CHECK_ERROR));
    }

    @Test
    void doesNotRevealAPasswordThatIsTooLong() throws Exception {
        assertThat(Login.NONE.with(Secret.of("x".repeat(4_096))).reveal()).hasSize(4_096);
        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(Login.NONE.with(Secret.of("x".repeat(4_095) + "\u00E4"))::reveal);
    }

    @Test
    void printsNoSecret() {
        assertThat(Login.NONE.as("tim", Secret.of("tanstaaftanstaaf")).toString())
                .doesNotContain("tanstaaf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nb", "a\0b"})
    void refusesNamesThatEndALine(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Login.NONE.as(name, Secret.of("x")))
                .withMessageStartingWith("user must be one line of 1 to 255 characters, but was '");
    }
}
