package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names of parameters are those of secrets. */
class SecretNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_token",
                "apiKey",
                "PASSWORD",
                "pwd",
                "client-secret",
                "auth",
                "X-Amz-Signature",
                "Credential",
                "sessionid",
                "jwt",
                "code",
                "otp"
            })
    void areNamesOfSecrets(String name) {
        assertThat(SecretNames.isOne(name)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "page", "q", "user", "id"})
    void areNot(String name) {
        assertThat(SecretNames.isOne(name)).isFalse();
    }
}
