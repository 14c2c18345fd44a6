package io.sitemonitor.spring.autoconfigure;

import static io.sitemonitor.spring.autoconfigure.FailedStart.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;

/** What a user reads who got a property wrong: all of it. */
class WrongPropertiesTest {

    @Test
    void namesUnknownPropertyAndTheOneThatWasMeant() {
        assertThat(failureOf("""
                        sitemonitor:
                          checks:
                            storefront:
                              url: "https://shop.example/"
                              evry: 10s
                        """)).isEqualTo("""
                        There is no such property:

                            Property: sitemonitor.checks.storefront.evry
                            Value: "10s"
                            Origin: application.yml - 5:13

                        Did you mean sitemonitor.checks.storefront.every? Below sitemonitor.checks.storefront there can be: \
                        confirm-by-other-address, contacts, contains, degraded-after, depends-on, down-after, every, fail-above, \
                        flap-after, flap-within, follow-redirects, headers, heartbeat, inverted, labels, maintenance, method, not-contains, retry-every, schedule, \
                        slow-down-to, status, tcp, timeout, up-after, url, warn-above.""");
    }

    @Test
    void listsWhatThereIsWhenNothingIsSimilar() {
        assertThat(failureOf("""
                        sitemonitor:
                          alerts:
                            pigeon: secret-hook
                        """)).isEqualTo("""
                        There is no such property:

                            Property: sitemonitor.alerts.pigeon
                            Value: ***
                            Origin: application.yml - 3:13

                        Below sitemonitor.alerts there can be: alertmanager, amqp, discord, email, google-chat, gotify, \
                        incident-log, incident-log-format, jfr, log, matrix, mattermost, ntfy, pagerduty, policies, pushover, \
                        rocketchat, slack, sms, teams, telegram, webhook.""");
    }

    @Test
    void tellsHowToWriteANameWithDots() {
        assertThat(failureOf("""
                        sitemonitor:
                          checks:
                            www.shop.example:
                              url: "https://shop.example/"
                        """)).isEqualTo("""
                        There is no such property:

                            Property: sitemonitor.checks.www.shop.example.url
                            Value: "https://shop.example/"
                            Origin: application.yml - 4:12

                        If the check is called 'www.shop.example', write its name as "[www.shop.example]". \
                        Below sitemonitor.checks.www there can be: \
                        confirm-by-other-address, contacts, contains, degraded-after, depends-on, down-after, every, fail-above, \
                        flap-after, flap-within, follow-redirects, headers, heartbeat, inverted, labels, maintenance, method, not-contains, retry-every, schedule, \
                        slow-down-to, status, tcp, timeout, up-after, url, warn-above.""");
    }

    @Test
    void namesValueThatALibraryRefuses() {
        assertThat(failureOf("""
                        sitemonitor:
                          checks:
                            ShopEU:
                              url: "https://shop.example/"
                              down-after: 0
                        """)).isEqualTo("""
                        The property sitemonitor.checks.ShopEU.down-after cannot be used:

                            Value: "0"
                            Origin: application.yml - 5:19
                            Reason: downAfter must be at least 1, but was 0

                        Correct sitemonitor.checks.ShopEU.down-after, or leave it out.""");
    }

    @Test
    void namesValueWithinDefaults() {
        assertThat(failureOf("sitemonitor: { defaults: { every: 0s } }")).isEqualTo("""
                        The property sitemonitor.defaults.every cannot be used:

                            Value: "0s"
                            Origin: application.yml - 1:35
                            Reason: every must be at least PT0.1S, but was PT0S

                        Correct sitemonitor.defaults.every, or leave it out.""");
    }

    @Test
    void namesWhatATimeLooksLike() {
        assertThat(failureOf("sitemonitor: { checks: { shop: { tcp: 'shop:1', every: often } } }"))
                .isEqualTo("""
                        The property sitemonitor.checks.shop.every cannot be read:

                            Value: "often"
                            Origin: application.yml - 1:56
                            Reason: it must be a time such as 500ms, 30s, 5m or 1h; a plain number counts in seconds

                        Correct sitemonitor.checks.shop.every, or leave it out.""");
    }

    @Test
    void namesWhatANumberAndAChoiceLookLike() {
        assertThat(failureOf("sitemonitor: { defaults: { down-after: thrice } }"))
                .contains("Value: \"thrice\"", "Reason: it must be a whole number");
        assertThat(failureOf("sitemonitor: { auto-start: maybe }")).contains("Reason: it must be true or false");
        assertThat(failureOf("sitemonitor: { alerts: { incident-log-format: xml } }"))
                .contains("Reason: it must be one of json, text");
        assertThat(failureOf("sitemonitor: { checks: { shop: 'https://shop.example/' } }"))
                .contains(
                        "The property sitemonitor.checks.shop cannot be read",
                        "Value: \"https://shop.example/\"",
                        "Reason: it must be a group of properties, not a single value");
    }

    @Test
    void namesBadAddresses() {
        assertThat(failureOf("sitemonitor: { checks: { shop: { url: 'shop.example' } } }"))
                .contains(
                        "The property sitemonitor.checks.shop.url cannot be used",
                        "Reason: url must begin with http:// or https://, but was 'shop.example'");
        assertThat(failureOf("sitemonitor: { checks: { gw: { tcp: 'gw.internal' } } }"))
                .contains(
                        "The property sitemonitor.checks.gw.tcp cannot be used",
                        "Reason: tcp must be a host and a port such as gw.internal:443, but was 'gw.internal'");
        assertThat(failureOf("sitemonitor: { checks: { gw: { tcp: 'gw.internal:70000' } } }"))
                .contains("Reason: port must be from 1 to 65535, but was 70000");
        assertThat(failureOf("sitemonitor: { checks: { shop: { url: 'http://shop.example', status: '2xx' } } }"))
                .contains("Reason: status must be a number such as 200 or a range such as 200-299, but was '2xx'");
    }

    @Test
    void namesWhatDoesNotGoTogether() {
        assertThat(failureOf("sitemonitor: { checks: { shop: { url: 'http://shop.example', tcp: 'shop:1' } } }"))
                .isEqualTo("""
                        The property sitemonitor.checks.shop cannot be used:

                            Reason: url and tcp exclude each other; keep one of them

                        Correct sitemonitor.checks.shop, or leave it out.""");
        assertThat(failureOf("sitemonitor: { checks: { shop: { tcp: 'shop:1', contains: Welcome } } }"))
                .contains("The property sitemonitor.checks.shop.contains", "Reason: contains needs a url beside it");
        assertThat(failureOf("sitemonitor: { checks: { backlog: { confirm-by-other-address: true } } }"))
                .contains(
                        "The property sitemonitor.checks.backlog.confirm-by-other-address",
                        "Reason: confirm-by-other-address needs a url beside it");
        assertThat(failureOf("sitemonitor: { checks: { shop: { every: 10s } } }"))
                .contains(
                        "Reason: it needs url, tcp or heartbeat; without, it gives settings to the bean of this name that is a"
                                + " Check, but there is none");
        assertThat(failureOf("sitemonitor: { checks: { backlog: { tcp: 'shop:1' } } }", BacklogCheck.class))
                .contains(
                        "Reason: there is a bean of this name that is a Check, too; drop the bean, or url, tcp and heartbeat here");
    }

    @Test
    void namesWhatIsWrongWithAHeartbeat() {
        assertThat(heartbeat("grace: 5m"))
                .contains(
                        "The property sitemonitor.checks.job.heartbeat cannot be used",
                        "Reason: it needs every or cron: when a sign of life is expected");
        assertThat(heartbeat("every: 1h, cron: '@daily', zone: UTC"))
                .contains("Reason: every and cron exclude each other; keep one of them");
        assertThat(heartbeat("every: 1h, zone: UTC"))
                .contains("checks.job.heartbeat.zone cannot be used", "Reason: zone needs a cron beside it");
        assertThat(heartbeat("cron: 'daily', zone: UTC")).contains("checks.job.heartbeat.cron cannot be used");
        assertThat(heartbeat("every: 1ms"))
                .contains("checks.job.heartbeat.every cannot be used", "Reason: every must be");
        assertThat(heartbeat("every: 1h, max-run-time: 1m, min-run-time: 2m"))
                .contains("checks.job.heartbeat.min-run-time cannot be used");
        assertThat(failureOf("sitemonitor: { checks: { job: { url: 'http://shop', heartbeat: { every: 1h } } } }"))
                .contains("Reason: url and heartbeat exclude each other; keep one of them");
        assertThat(failureOf("sitemonitor: { checks: { job: { tcp: 'shop:1', heartbeat: { every: 1h } } } }"))
                .contains("Reason: tcp and heartbeat exclude each other; keep one of them");
        assertThat(failureOf("sitemonitor: { checks: { job: { contains: Hello, heartbeat: { every: 1h } } } }"))
                .contains("Reason: contains needs a url beside it");
    }

    @Test
    @DisplayName("Security: a token is not shown, even under the wrong name")
    void hidesWhatMayBeATokenOfHeartbeats() {
        assertThat(failureOf("sitemonitor: { heartbeats: { tokn: hunter2-hunter2 } }"))
                .contains("Value: ***", "Did you mean sitemonitor.heartbeats.token?")
                .doesNotContain("hunter2");
    }

    private static String heartbeat(String properties) {
        return failureOf("sitemonitor: { checks: { job: { heartbeat: { " + properties + " } } } }");
    }

    @Test
    void namesCheckThatHealthDoesNotKnow() {
        assertThat(failureOf("sitemonitor: { checks: { gateway: { tcp: 'gw:1' } }, health: { affects: gatway } }"))
                .isEqualTo("""
                        The property sitemonitor.health.affects cannot be used:

                            Value: "gatway"
                            Origin: application.yml - 1:73
                            Reason: there is no check named 'gatway'; did you mean 'gateway'?

                        Correct sitemonitor.health.affects, or leave it out.""");
    }

    @Test
    void namesWhatIsWrongWithASchedule() {
        assertThat(failureOf("sitemonitor: { zone: UTC, defaults: { schedule: { cron: '0 25 * * *' } } }"))
                .contains(
                        "The property sitemonitor.defaults.schedule.cron cannot be used",
                        "Value: \"0 25 * * *\"",
                        "Reason: hour must be from 0 to 23, but was '25' (cron expression '0 25 * * *')");
        assertThat(failureOf("sitemonitor: { defaults: { schedule: { cron: '@daily' } } }"))
                .contains(
                        "The property sitemonitor.defaults.schedule.zone cannot be used",
                        "Reason: it is missing; name a time zone here, such as Europe/Paris, or one for all in"
                                + " sitemonitor.zone");
        assertThat(failureOf("sitemonitor: { zone: Europe/Pariss, defaults: { schedule: { cron: '@daily' } } }"))
                .contains(
                        "The property sitemonitor.zone cannot be used",
                        "Value: \"Europe/Pariss\"",
                        "Reason: zone must be a time zone such as Europe/Paris or UTC, but was 'Europe/Pariss'");
        assertThat(failureOf("sitemonitor: { defaults: { schedule: { zone: UTC } } }"))
                .contains("The property sitemonitor.defaults.schedule.zone", "Reason: zone needs a cron beside it");
        assertThat(failureOf("sitemonitor: { zone: UTC, checks: { shop: { tcp: 'shop:1', every: 5s,"
                        + " schedule: { cron: '@daily' } } } }"))
                .contains(
                        "The property sitemonitor.checks.shop.schedule cannot be used",
                        "Reason: every and schedule exclude each other; keep one of them");
    }

    @Test
    void namesWhatIsWrongWithAWindow() {
        assertThat(failureOf("""
                        sitemonitor:
                          zone: Europe/Paris
                          checks:
                            shop:
                              tcp: "shop:1"
                              maintenance:
                                - time: 23:00-02:00
                                - time: 23:00
                        """)).isEqualTo("""
                        The property sitemonitor.checks.shop.maintenance[1].time cannot be used:

                            Value: "1380"
                            Origin: application.yml - 8:17
                            Reason: time must be two times of day such as 23:00-02:00, but was '1380'

                        Correct sitemonitor.checks.shop.maintenance[1].time, or leave it out.""");
        assertThat(window("time: 9:00-25:00")).contains("Reason: time must be two times of day such as 23:00-02:00");
        assertThat(window("time: 9:00-9:00")).contains("maintenance[0].time cannot be used", "Reason: ");
        assertThat(window("time: 9:00-10:00, days: someday"))
                .contains(
                        "maintenance[0].days cannot be used",
                        "Reason: days must be of the week such as saturday, of the month such as 15, or both such as first"
                                + " sunday or last friday, but one was 'someday'");
        assertThat(window("time: 9:00-10:00, days: 'sixth sunday'")).contains("but one was 'sixth sunday'");
        assertThat(window("time: 9:00-10:00, days: 32")).contains("maintenance[0].days cannot be used", "but was 32");
        assertThat(window("cron: '@daily', length: 1h, days: sunday"))
                .contains("maintenance[0].days cannot be used", "Reason: days needs a time beside it");
        assertThat(window("reason: upgrade"))
                .contains(
                        "maintenance[0] cannot be used", "Reason: it needs time, or start and end, or cron and length");
        assertThat(window("time: 9:00-10:00, length: 1h"))
                .contains("Reason: time, start with end, and cron with length exclude each other; keep one of them");
        assertThat(window("cron: '@daily'"))
                .contains("maintenance[0].length cannot be used", "Reason: it is missing; cron needs it");
        assertThat(window("length: 1h"))
                .contains("maintenance[0].cron cannot be used", "Reason: it is missing; length needs it");
        assertThat(window("cron: '@dayly', length: 1h")).contains("maintenance[0].cron cannot be used");
        assertThat(window("cron: '@daily', length: 0s"))
                .contains("maintenance[0].length cannot be used", "Value: \"0s\"");
        assertThat(window("start: 2026-12-24T18:00:00Z"))
                .contains("maintenance[0].end cannot be used", "Reason: it is missing; start needs it");
        assertThat(window("start: 2026-12-24T18:00:00Z, end: 2026-12-24T18:00:00Z"))
                .contains("maintenance[0].end cannot be used", "Value: \"2026-12-24T18:00:00Z\"");
        assertThat(window("start: christmas, end: 2026-12-24T18:00:00Z"))
                .contains(
                        "maintenance[0].start cannot be used",
                        "Reason: start must be a moment such as 2026-12-24T18:00:00Z, or without the Z in its zone, but was"
                                + " 'christmas'");
        assertThat(window("time: 9:00-10:00, reason: ''")).contains("maintenance[0].reason cannot be used");
    }

    @Test
    void namesUnknownPropertyOfAWindow() {
        assertThat(window("time: 9:00-10:00, dayz: sunday"))
                .contains(
                        "Property: sitemonitor.defaults.maintenance[0].dayz",
                        "Did you mean sitemonitor.defaults.maintenance[0].days?",
                        "Below sitemonitor.defaults.maintenance[0] there can be: cron, days, end, length, reason, start,"
                                + " time, zone.");
    }

    @Test
    void namesWhatIsWrongWithFlapping() {
        assertThat(failureOf("sitemonitor: { defaults: { flap-after: 2 } }"))
                .contains(
                        "The property sitemonitor.defaults.flap-after cannot be used",
                        "Reason: flapAfter must be from 3 to 100 changes, or 0 for never, but was 2");
        assertThat(failureOf("sitemonitor: { defaults: { flap-within: 2d } }"))
                .contains(
                        "The property sitemonitor.defaults.flap-within cannot be used",
                        "Reason: flapAfter must count changes within PT1S to PT24H, but was PT48H");
    }

    @Test
    void namesWhatIsWrongWithTheMonitorItself() {
        assertThat(failureOf("sitemonitor: { heartbeat: { every: 0s } }"))
                .contains(
                        "The property sitemonitor.heartbeat.every cannot be used",
                        "Reason: heartbeat must be from PT1S to PT24H, but was PT0S");
        assertThat(failureOf("sitemonitor: { heartbeat: { url: 'ftp://beats.example/hunter2' } }"))
                .contains("The property sitemonitor.heartbeat.url cannot be used", "Value: ***");
        assertThat(failureOf("sitemonitor: { per-host: { in-flight: 0 } }"))
                .contains(
                        "The property sitemonitor.per-host.in-flight cannot be used",
                        "Reason: perHost must allow 1 to 10000 runs at once, but was 0");
        assertThat(failureOf("sitemonitor: { per-host: { gap: 2h } }"))
                .contains(
                        "The property sitemonitor.per-host.gap cannot be used",
                        "Reason: the gap of perHost must be from PT0S to PT1H, but was PT2H");
        assertThat(failureOf("sitemonitor: { online-when: { least: 1 } }"))
                .contains(
                        "The property sitemonitor.online-when.checks cannot be used",
                        "Reason: it is missing; sitemonitor.online-when.least needs it");
        assertThat(failureOf("sitemonitor: { online-when: { least: 2, checks: gw }, checks: { gw: { tcp: 'gw:1' } } }"))
                .contains(
                        "The property sitemonitor.online-when.least cannot be used",
                        "Reason: onlineWhen must ask for 1 to 1 of its checks, but asked for 2");
    }

    @Test
    void namesChecksThatOthersCannotDependOn() {
        assertThat(failureOf("""
                        sitemonitor:
                          checks:
                            gateway: { tcp: "gw:1" }
                            shop: { tcp: "shop:1", depends-on: gatway }
                        """)).isEqualTo("""
                        The property sitemonitor.checks.shop.depends-on cannot be used:

                            Value: "gatway"
                            Origin: application.yml - 4:40
                            Reason: there is no check named 'gatway'; did you mean 'gateway'?

                        Correct sitemonitor.checks.shop.depends-on, or leave it out.""");
        assertThat(failureOf("sitemonitor: { defaults: { depends-on: dns }, checks: { gw: { tcp: 'gw:1' } } }"))
                .contains(
                        "The property sitemonitor.defaults.depends-on cannot be used",
                        "Reason: there is no check named 'dns'; there are [gw]");
        assertThat(failureOf("sitemonitor: { online-when: { checks: 'gw,dns' }, checks: { gw: { tcp: 'gw:1' } } }"))
                .contains(
                        "The property sitemonitor.online-when.checks cannot be used",
                        "Reason: there is no check named 'dns'; there are [gw]");
        assertThat(
                        failureOf(
                                "sitemonitor: { checks: { a: { tcp: 'a:1', depends-on: b }, b: { tcp: 'b:1', depends-on: a } } }"))
                .contains(
                        ".depends-on cannot be used",
                        "Reason: dependsOn must not lead back to the check itself, but does: ");
    }

    private static String window(String entry) {
        return failureOf("sitemonitor: { zone: UTC, defaults: { maintenance: [ { " + entry + " } ] } }");
    }

    @Test
    void neverShowsSecrets() {
        String secrets = """
                sitemonitor:
                  alerts:
                    email: { smtp: "smtp://user:hunter2@mail internal", pasword: hunter2 }
                """;
        assertThat(failureOf(secrets))
                .contains("sitemonitor.alerts.email.pasword", "Did you mean sitemonitor.alerts.email.password?")
                .doesNotContain("hunter2");
        assertThat(failureOf("sitemonitor: { alerts: { email: { smtp: 'smtp://user:hunter2@mail internal' } } }"))
                .contains("The property sitemonitor.alerts.email.smtp", "Value: ***")
                .doesNotContain("hunter2");
        assertThat(failureOf("sitemonitor: { alerts: { amqp: { uri: 'http://user:hunter2@broker' } } }"))
                .contains("The property sitemonitor.alerts.amqp.uri", "Value: ***", "must begin with amqp://")
                .doesNotContain("hunter2");
        assertThat(failureOf("sitemonitor: { alerts: { sms: { username: shop, api-key: 'hunter2 ' } } }"))
                .contains("The property sitemonitor.alerts.sms")
                .doesNotContain("hunter2");
        assertThat(failureOf("sitemonitor: { checks: { shop: { url: 'ftp://user:hunter2@shop?token=hunter2' } } }"))
                .contains("The property sitemonitor.checks.shop.url", "Value: ***")
                .doesNotContain("hunter2");
        assertThat(
                        failureOf(
                                "sitemonitor: { checks: { shop: { url: 'http://shop', headers: { Content-Length: hunter2 } } } }"))
                .contains("The property sitemonitor.checks.shop.headers.Content-Length")
                .doesNotContain("hunter2");
    }

    @Test
    void namesHalfOfCredentials() {
        assertThat(failureOf("sitemonitor: { alerts: { sms: { username: shop } } }"))
                .contains("The property sitemonitor.alerts.sms.api-key", "it is missing");
        assertThat(failureOf("sitemonitor: { alerts: { email: { smtp: 'smtp://mail', username: shop } } }"))
                .contains("The property sitemonitor.alerts.email.password", "it is missing");
        assertThat(failureOf("sitemonitor: { alerts: { amqp: { uri: 'amqp://broker', password: shop } } }"))
                .contains("The property sitemonitor.alerts.amqp.username", "it is missing");
    }

    @Test
    void leavesFailuresOfOthersToOthers() {
        assertThatThrownBy(() -> FailedStart.start("sitemonitor: {}", Broken.class))
                .hasMessageContaining("broken bean");
        assertThat(new SiteMonitorFailureAnalyzer(new StandardEnvironment())
                        .analyze(new IllegalStateException("broken bean")))
                .isNull();
    }

    @Configuration(proxyBeanMethods = false)
    static class BacklogCheck {
        @Bean
        Check backlog() {
            return context -> CheckResult.pass();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Broken {
        @Bean
        String broken() {
            throw new IllegalStateException("broken bean");
        }
    }
}
