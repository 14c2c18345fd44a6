package io.sitemonitor.examples.snippets;

import static java.time.Duration.ofSeconds;

import io.sitemonitor.Monitor;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.tcp.TcpCheck;

/** The code in docs/second-opinion.md. */
final class OpinionSnippets {

    private OpinionSnippets() {}

    static Monitor secondOpinion(AlertListener pager) {
        // tag::second-opinion
        Monitor monitor = Monitor.named("shop")
                .check(
                        "storefront",
                        HttpCheck.get("https://shop.example/").confirmByOtherAddress(),
                        c -> c.every(ofSeconds(30)).timeout(ofSeconds(10)).degradedAfter(3))
                .check("gateway", TcpCheck.connect("gw.internal", 443).confirmByOtherAddress())
                .alert(pager, p -> p.kinds(AlertKind.DOWN, AlertKind.DEGRADED))
                .start();
        // end::second-opinion
        return monitor;
    }

    static Monitor eachAddress() {
        // tag::each-address
        Monitor monitor = Monitor.named("gateways")
                .check("gateway", TcpCheck.connect("gw.internal", 443).confirmByOtherAddress())
                .check("gateway-a", TcpCheck.connect("192.0.2.7", 443))
                .check("gateway-b", TcpCheck.connect("198.51.100.7", 443))
                .start();
        // end::each-address
        return monitor;
    }
}
