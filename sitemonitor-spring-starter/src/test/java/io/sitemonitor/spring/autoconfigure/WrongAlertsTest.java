package io.sitemonitor.spring.autoconfigure;

import static io.sitemonitor.spring.autoconfigure.FailedStart.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a user reads who got a destination or a policy wrong. */
class WrongAlertsTest {

    @Test
    void namesTheListenersThereAre() {
        assertThat(alerts("log: true, slack: { webhook: 'https://slack/1' }, policies: { slak: { after: 15m } }"))
                .isEqualTo("""
                        The property sitemonitor.alerts.policies.slak cannot be used:

                            Reason: there is no alert listener named 'slak'; there are [siteMonitorLog, slack] (those of a \
                        MonitorCustomizer have their policies there)

                        Correct sitemonitor.alerts.policies.slak, or leave it out.""");
        assertThat(alerts("policies: { sms: { after: 15m } }"))
                .contains("Reason: there is no alert listener named 'sms'; there is none");
        assertThat(alerts("amqp: { uri: 'amqp://127.0.0.1:1/' }, policies: { sms: { after: 15m } }"))
                .contains("there are [siteMonitorAmqp]");
    }

    @Test
    void namesTwoPoliciesOfOneListener() {
        assertThat(policies("log: { after: 15m }, siteMonitorLog: { after: 30m }"))
                .contains(
                        "The property sitemonitor.alerts.policies.siteMonitorLog cannot be used",
                        "Reason: sitemonitor.alerts.policies.log is the policy of 'siteMonitorLog', too; keep one of them");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'after: -1s'                                | after                  | "-1s" | after must be from PT0S
                    'remind-every: 1ms'                         | remind-every           | "1ms" | remindEvery must be from PT1S
                    'timeout: 0s'                               | timeout                | "0s"  | timeout must be from
                    'expire-after: 0s'                          | expire-after           | "0s"  | expireAfter must be from
                    'capacity: 0'                               | capacity               | "0"   | capacity must be from 1
                    'retry: { first: 0s }'                      | retry.first            | "0s"  | the first retry must be from
                    'retry: { first: 1m }'                      | retry.first            | "1m"  | the first retry must not be later than the longest, PT30S
                    'retry: { longest: 1ms }'                   | retry.longest          | "1ms" | the first retry must not be later than the longest
                    'retry: { first: 2m, longest: 1m }'         | retry.longest          | "1m"  | the first retry must not be later than the longest
                    'budget: { per-day: 1 }'                    | budget.per-day         | "1"   | budget must be from 2
                    'budget: { per-day: 5, zone: Nowhere }'     | budget.zone            | "Nowhere" | zone must be a time zone
                    'digest: { more-than: 0, within: 30s }'     | digest.more-than       | "0"   | digest must be of more than 1
                    'digest: { more-than: 3, within: 1ms }'     | digest.within          | "1ms" | the time of digest must be from
                    'digest: { more-than: 3, within: 1m, group-by: " " }' | digest.group-by | " " | the name of a label must not be empty
                    'working-hours: [ { time: 8-18 } ]'         | working-hours[0].time  | "8-18" | time must be two times of day
                    """)
    void namesValueThatALibraryRefuses(String policy, String property, String value, String reason) {
        assertThat(policies("log: { " + policy + " }"))
                .contains(
                        "The property sitemonitor.alerts.policies.log." + property + " cannot be used",
                        "Value: " + value,
                        "Reason: " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    budget: { spill-over: slack }     | budget.per-day   | it is missing; sitemonitor.alerts.policies.log.budget.spill-over needs it
                    budget: { zone: UTC }             | budget.per-day   | it is missing; sitemonitor.alerts.policies.log.budget.zone needs it
                    digest: { within: 30s }           | digest.more-than | it is missing; sitemonitor.alerts.policies.log.digest.within needs it
                    digest: { group-by: team }        | digest.more-than | it is missing; sitemonitor.alerts.policies.log.digest.group-by needs it
                    digest: { more-than: 3 }          | digest.within    | it is missing; sitemonitor.alerts.policies.log.digest.more-than needs it
                    labels: { team: '' }              | labels.team      | it needs a value; a check is selected that has one of them
                    working-hours: [ { days: mon } ]  | working-hours[0] | it needs time, or start and end, or cron and length
                    standby: true                     | standby          | alert listener 'siteMonitorLog' of monitor 'application' is a standby, but no other spills over to it
                    'budget: { per-day: 5, spill-over: mail }' | budget.spill-over | alert listener 'siteMonitorLog' of monitor 'application' spills over to 'mail', which does not exist; there are [siteMonitorLog]
                    'budget: { per-day: 5, spill-over: log }'  | budget.spill-over | alert listeners of monitor 'application' spill over in a circle: siteMonitorLog -> siteMonitorLog
                    checks: shopp                     | checks           | there is no check named 'shopp'; there is none below sitemonitor.checks
                    """)
    void namesWhatIsMissing(String policy, String property, String reason) {
        assertThat(policies("log: { " + policy + " }"))
                .contains(
                        "The property sitemonitor.alerts.policies.log." + property + " cannot be used",
                        "Reason: " + reason);
    }

    @Test
    void listsWhatCanBeSelected() {
        assertThat(policies("log: { kinds: 'down,recovered' }"))
                .contains(
                        "The property sitemonitor.alerts.policies.log.kinds",
                        "Value: \"down,recovered\"",
                        "Reason: it must be a list, of which each is one of down, degraded, flapping, isolated");
        assertThat(policies("log: { at-least: high }"))
                .contains("Value: \"high\"", "Reason: it must be one of critical, error, warning, info");
        assertThat(policies("log: { aftr: 15m }"))
                .contains(
                        "Property: sitemonitor.alerts.policies.log.aftr",
                        "Value: ***",
                        "Did you mean sitemonitor.alerts.policies.log.after? Below sitemonitor.alerts.policies.log there can"
                                + " be: after, at-least, budget, capacity, checks, digest, expire-after, kinds, labels,"
                                + " remind-every, retry, standby, timeout, working-hours.");
        assertThat(policies("log: { working-hours: [ { tme: '08:00-18:00' } ] }"))
                .contains("Did you mean sitemonitor.alerts.policies.log.working-hours[0].time?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    telegram: { token: '1:hunter2' }                  | telegram.chat           | telegram.token
                    telegram: { chat: '1' }                           | telegram.token          | telegram.chat
                    matrix: { homeserver: 'https://m', room: '!a:b' } | matrix.access-token     | matrix.homeserver
                    matrix: { homeserver: 'https://m', access-token: hunter2 } | matrix.room    | matrix.homeserver
                    matrix: { access-token: hunter2 }                 | matrix.homeserver       | matrix.access-token
                    matrix: { room: '!a:b' }                          | matrix.homeserver       | matrix.room
                    gotify: { server: 'https://g' }                   | gotify.token            | gotify.server
                    gotify: { token: hunter2 }                        | gotify.server           | gotify.token
                    pushover: { token: hunter2 }                      | pushover.user           | pushover.token
                    pushover: { user: hunter2 }                       | pushover.token          | pushover.user
                    alertmanager: { urls: 'http://a', username: shop } | alertmanager.password  | alertmanager.username
                    sms: { twilio: { account-sid: hunter2, from: '+1' } } | sms.twilio.auth-token | sms.twilio.account-sid
                    sms: { twilio: { account-sid: hunter2, auth-token: hunter2 } } | sms.twilio.from | sms.twilio.account-sid
                    sms: { twilio: { auth-token: hunter2 } }          | sms.twilio.account-sid  | sms.twilio.auth-token
                    sms: { twilio: { from: '+1' } }                   | sms.twilio.account-sid  | sms.twilio.from
                    """, quoteCharacter = '"')
    void namesTheCompanionThatIsMissing(String given, String missing, String other) {
        assertThat(alerts(given))
                .contains(
                        "The property sitemonitor.alerts." + missing + " cannot be used",
                        "Reason: it is missing; sitemonitor.alerts." + other + " needs it")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @DisplayName("Security: what is refused is not shown")
    @CsvSource(delimiter = '|', textBlock = """
                    slack: { webhook: 'ftp://hunter2' }               | slack.webhook
                    slack: { webhook: 'https://u:hunter2@slack/hunter2' } | slack.webhook
                    slack: { webhook: 'http://slack.com/hunter2' }    | slack.webhook
                    slack: { webhook: '' }                            | slack.webhook
                    slack: { webhook: 'https://slack/1', mention-when-critical: 'a b' } | slack.mention-when-critical
                    teams: { workflow: hunter2 }                      | teams.workflow
                    discord: { webhook: 'http://discord.com/hunter2' }   | discord.webhook
                    telegram: { token: hunter2, chat: '1' }           | telegram.token
                    telegram: { token: '12345:hunter2hunter2', chat: 'a b' } | telegram.chat
                    mattermost: { webhook: hunter2 }                  | mattermost.webhook
                    mattermost: { webhook: 'https://m/1', channel: 'a b' } | mattermost.channel
                    rocketchat: { webhook: hunter2 }                  | rocketchat.webhook
                    google-chat: { webhook: hunter2 }                 | google-chat.webhook
                    matrix: { homeserver: 'https://u:hunter2@m', access-token: t, room: '!a:b' } | matrix.homeserver
                    matrix: { homeserver: 'https://m', access-token: 'hunter2 2', room: '!a:b' } | matrix.access-token
                    matrix: { homeserver: 'https://m', access-token: hunter2, room: alias } | matrix.room
                    ntfy: { topic: 'https://ntfy.sh/hunter2 2' }      | ntfy.topic
                    ntfy: { topic: 'https://ntfy.sh/a', token: 'hunter2 2' } | ntfy.token
                    gotify: { server: 'hunter2', token: a }           | gotify.server
                    gotify: { server: 'https://g', token: 'hunter2 2' } | gotify.token
                    pushover: { token: hunter2, user: a }             | pushover.token
                    pagerduty: { routing-key: 'hunter2 2' }           | pagerduty.routing-key
                    alertmanager: { urls: 'https://u:hunter2@am' }    | alertmanager.urls
                    webhook: { url: 'https://u:hunter2@hooks' }       | webhook.url
                    webhook: { url: 'https://hooks', secret: hunter2 } | webhook.secret
                    webhook: { url: 'https://hooks', headers: { Content-Length: hunter2 } } | webhook.headers.Content-Length
                    webhook: { url: 'https://hooks', headers: { A: '' } } | webhook.headers.A
                    sms: { twilio: { account-sid: hunter2, auth-token: hunter2, from: '+15005550006' } } | sms.twilio
                    """, quoteCharacter = '"')
    void namesWhatIsRefusedAndHidesIt(String given, String property) {
        assertThat(alerts(given))
                .contains("The property sitemonitor.alerts." + property + " cannot be used", "Reason: ")
                .doesNotContain("hunter2");
    }

    @Test
    void namesWhatExcludesEachOther() {
        String twilio =
                "twilio: { account-sid: AC0123456789abcdef0123456789abcdef, auth-token: t, from: '+15005550006' }";
        assertThat(alerts("sms: { username: shop, api-key: key, " + twilio + " }"))
                .contains("Reason: username, of Africa's Talking, and twilio exclude each other; keep one of them");
        assertThat(alerts("sms: { from: SHOP, " + twilio + " }"))
                .contains(
                        "sitemonitor.alerts.sms.from cannot be used",
                        "Twilio takes sitemonitor.alerts.sms.twilio.from");
    }

    @Test
    void refusesASinglePropertyInPlaceOfAGroup() {
        assertThat(alerts("slack: 'https://slack/hunter2'"))
                .contains(
                        "The property sitemonitor.alerts.slack cannot be read",
                        "Reason: it must be a group of properties, not a single value")
                .doesNotContain("hunter2");
    }

    @Test
    void namesABeanThatIsInTheWay() {
        assertThat(failureOf("sitemonitor: { alerts: { slack: { webhook: 'https://slack/1' } } }", Client.class))
                .contains(
                        "The property sitemonitor.alerts.slack cannot be used",
                        "Reason: there is a bean named 'slack' that is no AlertListener; give that bean another name");
        new ApplicationContextRunner()
                .withUserConfiguration(FailedStart.Application.class, Client.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static String policies(String policies) {
        return alerts("log: true, policies: { " + policies + " }");
    }

    private static String alerts(String alerts) {
        return failureOf("sitemonitor: { zone: UTC, alerts: { " + alerts + " } }");
    }

    /** A part of an application that has to do with Slack, too. */
    @Configuration(proxyBeanMethods = false)
    static class Client {
        @Bean
        String slack() {
            return "a client of Slack";
        }
    }
}
