package io.sitemonitor.amqp;

import static io.sitemonitor.amqp.Fault.Wiring.PROXY;
import static io.sitemonitor.amqp.Fault.Wiring.TLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.amqp.TlsIdentities.Shown;
import java.util.List;

/**
 * Somebody else answers where the broker was, whom the client must not talk to. What it says to him is overheard: no
 * password and no alert.
 */
final class TlsFaults {

    /** Opens who answers, and returns his port. */
    @FunctionalInterface
    private interface Stranger {
        int open(Scene scene) throws Exception;
    }

    private TlsFaults() {}

    static List<Fault> all() {
        return List.of(
                strange("TLS: self-signed certificate", TLS, showing(Shown.SELF_SIGNED))
                        .refusedWith("unable to find valid certification path to requested target"),
                strange("TLS: certificate for another host", TLS, showing(Shown.WRONG_NAME))
                        .refusedWith("No subject alternative DNS name matching localhost found"),
                strange("TLS: expired certificate", TLS, showing(Shown.EXPIRED)).refusedWith("NotAfter: "),
                strange("TLS: version 1.0 only", TLS, openSsl("-tls1")).refusedWith("protocol_version"),
                strange("TLS: version 1.1 only", TLS, openSsl("-tls1_1")).refusedWith("protocol_version"),
                strange("TLS: client certificate demanded", TLS, openSsl("-Verify", "1", "-verify_return_error"))
                        .refusedWith("certificate_required"),
                strange(
                                "TLS: plain AMQP on the port for TLS",
                                TLS,
                                scene -> scene.node().port())
                        .refusedWith("Unsupported or unrecognized SSL message"),
                strange("TLS: TLS on the plain port", PROXY, showing(Shown.RIGHT))
                        .refusedWith("if it speaks TLS, the address must begin with amqps://"));
    }

    private static Fault strange(String name, Fault.Wiring wiring, Stranger stranger) {
        return Fault.named(name, wiring)
                .inject(scene -> scene.leadTo(stranger.open(scene)))
                .shownBy("overheard: nothing that is secret", scene -> {})
                .heal(scene -> {
                    assertThat(scene.wire().heard())
                            .isNotEmpty()
                            .doesNotContain(Scene.PASSWORD)
                            .doesNotContain("site_name");
                    scene.leadBack();
                });
    }

    private static Stranger showing(Shown shown) {
        return scene -> scene.keep(TlsFront.before(scene.node().port(), TlsIdentities.showing(shown)))
                .port();
    }

    private static Stranger openSsl(String... options) {
        return scene -> scene.keep(OpenSslServer.with(options)).port();
    }
}
