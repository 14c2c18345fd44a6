package io.sitemonitor.check.rdap;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.time.Duration;
import java.time.Instant;

/** A registry and the list of registries, with answers as RFC 9083 and RFC 9224 show them. */
final class Registry implements AutoCloseable {

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    Registry() {
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    int port() {
        return server.port();
    }

    void says(String path, String body) {
        answers(
                path,
                aResponse().withHeader("Content-Type", "application/rdap+json").withBody(body));
    }

    void answers(String path, ResponseDefinitionBuilder answer) {
        server.stubFor(get(urlEqualTo(path)).willReturn(answer));
    }

    int asked(String path) {
        return server.countRequestsMatching(getRequestedFor(urlEqualTo(path)).build())
                .getCount();
    }

    /** The list of registries, with this server for {@code example}. */
    String list() {
        return """
                {"version": "1.0", "publication": "2026-11-01T12:00:00Z", "description": "list",
                 "services": [
                   [["net", "com"], ["https://rdap.other.invalid/com/v1/"]],
                   [["example"], ["%s"]],
                   [["xn--zckzah"], ["https://rdap.third.invalid/", "http://rdap.third.invalid/"]]
                 ]}""".formatted(url("/rdap"));
    }

    /** What is said of {@code shop.example}. */
    static String domain(String events, String status) {
        return """
                {"rdapConformance": ["rdap_level_0"], "objectClassName": "domain", "handle": "XXXX",
                 "ldhName": "SHOP.EXAMPLE", "unicodeName": "shop.example",
                 "nameservers": [
                   {"objectClassName": "nameserver", "ldhName": "NS1.dns.example"},
                   {"objectClassName": "nameserver", "ldhName": "ns2.dns.example."}],
                 "secureDNS": {"delegationSigned": true},
                 "status": [%s],
                 "entities": [
                   {"objectClassName": "entity", "handle": "1", "roles": ["registrant"],
                    "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Somebody"]]]},
                   {"objectClassName": "entity", "handle": "292", "roles": ["registrar"],
                    "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Good Names Inc."]]]}],
                 "events": [
                   {"eventAction": "registration", "eventDate": "1990-12-31T23:59:59Z"}%s]}""".formatted(status, events);
    }

    /** The end of a registration so long from now. */
    static String expiring(Duration left) {
        return expiring(Instant.now().plus(left).toString());
    }

    static String expiring(String date) {
        return ", {\"eventAction\": \"expiration\", \"eventDate\": \"" + date + "\"}";
    }

    @Override
    public void close() {
        server.stop();
    }
}
