package io.sitemonitor.check;

import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** How long a connection could still be made. */
class TlsConnectionTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void theFirstOfAChainToEndIsItsEnd() throws Exception {
        X509Certificate shop = ending("shop.example", ofDays(90));
        X509Certificate between = ending("Between", ofDays(10));
        X509Certificate authority = ending("Authority", ofDays(900));

        assertThat(connection(shop, between, authority).validFor()).isEqualTo(ofDays(10));
        assertThat(connection(between, shop, authority).validFor()).isEqualTo(ofDays(10));
        assertThat(connection(shop, authority).validFor()).isEqualTo(ofDays(90));
        assertThat(TlsExpectation.validFor(ofDays(11)).objection(connection(shop, between, authority)))
                .isEqualTo("certificate of CN=Between expires in 10 days, on 2026-03-11T12:00:00Z");
        assertThat(TlsExpectation.validFor(ofDays(10)).objection(connection(shop, between, authority)))
                .isNull();
    }

    private static TlsConnection connection(X509Certificate... chain) {
        return new TlsConnection("TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(chain), NOW);
    }

    private static X509Certificate ending(String name, Duration left) {
        return new HeldCertificate.Builder()
                .commonName(name)
                .validityInterval(
                        NOW.minus(ofDays(1)).toEpochMilli(), NOW.plus(left).toEpochMilli())
                .build()
                .certificate();
    }
}
