package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.check.dns.DnsCheck;
import io.sitemonitor.check.dns.RecordType;
import io.sitemonitor.check.rdap.DomainExpiryCheck;
import io.sitemonitor.check.websocket.WebSocketCheck;
import org.junit.jupiter.api.Test;

class HostNamesTest {

    private static final String LONG = "\u0416".repeat(5_000);

    @Test
    void writesNamesInAscii() {
        assertThat(HostNames.ascii("\u0436.example")).isEqualTo("xn--f1a.example");
        assertThat(HostNames.ascii("shop.example")).isEqualTo("shop.example");
    }

    @Test
    void aNameThatIsMuchTooLongIsRefusedLikeAnyOther() {
        assertThatIllegalArgumentException().isThrownBy(() -> HostNames.ascii(LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> DnsCheck.lookup(LONG, RecordType.A));
        assertThatIllegalArgumentException().isThrownBy(() -> WebSocketCheck.connect("ws://" + LONG + "/"));
        assertThatIllegalArgumentException().isThrownBy(() -> DomainExpiryCheck.forDomain(LONG + ".example"));
    }
}
