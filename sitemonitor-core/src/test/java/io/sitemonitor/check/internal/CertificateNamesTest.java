package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of a certificate by the rules of RFC 6125, which hold also where nobody vouches for it. */
class CertificateNamesTest {

    @ParameterizedTest
    @CsvSource({
        "shop.example, shop.example",
        "shop.example, SHOP.Example.",
        "*.shop.example, a.shop.example",
        "192.0.2.1, 192.0.2.1",
        "2001:db8::1, 2001:DB8:0:0::1"
    })
    void fits(String name, String host) {
        assertThatCode(() -> CertificateNames.require(named(name), host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example, a.shop.example",
        "a.shop.example, shop.example",
        "*.shop.example, shop.example",
        "*.shop.example, a.b.shop.example",
        "*.example, shop.example",
        "192.0.2.10, 192.0.2.1",
        "shop.example, 192.0.2.1"
    })
    void doesNotFit(String name, String host) {
        assertThatThrownBy(() -> CertificateNames.require(named(name), host))
                .isInstanceOf(CertificateException.class)
                .hasMessage("No subject alternative name matching " + host + " found");
    }

    private static X509Certificate named(String name) {
        return new HeldCertificate.Builder()
                .addSubjectAlternativeName(name)
                .build()
                .certificate();
    }
}
