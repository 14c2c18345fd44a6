package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.alertmanager.AlertmanagerListener;
import io.sitemonitor.alert.discord.DiscordListener;
import io.sitemonitor.alert.googlechat.GoogleChatListener;
import io.sitemonitor.alert.gotify.GotifyListener;
import io.sitemonitor.alert.jfr.JfrListener;
import io.sitemonitor.alert.matrix.MatrixListener;
import io.sitemonitor.alert.mattermost.MattermostListener;
import io.sitemonitor.alert.ntfy.NtfyListener;
import io.sitemonitor.alert.pagerduty.PagerDutyListener;
import io.sitemonitor.alert.pushover.PushoverListener;
import io.sitemonitor.alert.slack.SlackListener;
import io.sitemonitor.alert.sms.SmsListener;
import io.sitemonitor.alert.teams.TeamsListener;
import io.sitemonitor.alert.telegram.TelegramListener;
import io.sitemonitor.alert.webhook.WebhookListener;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Destinations over HTTP that are set by properties: each a bean of the name of its properties, and none that shows a secret. */
class AlertDestinationsTest {

    private static final String TOKEN = "hunter2hunter2hunter2hunter222";
    private static final String ALERTS = "sitemonitor.alerts.";

    private final ApplicationContextRunner application = Runners.applicationIn(Runners.time());

    static List<Arguments> destinations() {
        return List.of(
                of(SlackListener.class, "slack", "webhook=https://hooks.slack.com/services/" + TOKEN),
                of(
                        SlackListener.class,
                        "slack",
                        "webhook=https://hooks.slack.com/services/" + TOKEN,
                        "mention-when-critical=here"),
                of(TeamsListener.class, "teams", "workflow=https://teams.example/workflows/" + TOKEN),
                of(
                        DiscordListener.class,
                        "discord",
                        "webhook=https://discord.com/api/webhooks/1122334455667788990/" + TOKEN,
                        "mention-when-critical=1122334455667788990"),
                of(TelegramListener.class, "telegram", "token=12345678:" + TOKEN + "abcdef", "chat=-1001234567890"),
                of(
                        TelegramListener.class,
                        "telegram",
                        "token=12345678:" + TOKEN + "abcdef",
                        "chat=@alerts",
                        "server=https://telegram.internal"),
                of(
                        MattermostListener.class,
                        "mattermost",
                        "webhook=https://chat.internal/hooks/" + TOKEN,
                        "channel=alerts",
                        "mention-when-critical=all"),
                of(
                        MattermostListener.class,
                        "rocketchat",
                        "webhook=https://chat.internal/hooks/1/" + TOKEN,
                        "channel=alerts",
                        "mention-when-critical=here"),
                of(
                        GoogleChatListener.class,
                        "google-chat",
                        "webhook=https://chat.googleapis.com/v1/spaces/AAA/messages?key=" + TOKEN + "&token=" + TOKEN),
                of(
                        MatrixListener.class,
                        "matrix",
                        "homeserver=https://matrix.internal",
                        "access-token=" + TOKEN,
                        "room=!alerts:internal"),
                of(NtfyListener.class, "ntfy", "topic=https://ntfy.internal/" + TOKEN),
                of(NtfyListener.class, "ntfy", "topic=https://ntfy.internal/" + TOKEN, "token=tk_" + TOKEN),
                of(GotifyListener.class, "gotify", "server=https://push.internal", "token=" + TOKEN),
                of(
                        PushoverListener.class,
                        "pushover",
                        "token=" + TOKEN,
                        "user=" + TOKEN,
                        "server=https://push.internal"),
                of(PagerDutyListener.class, "pagerduty", "routing-key=" + TOKEN + "ab", "europe=true"),
                of(
                        PagerDutyListener.class,
                        "pagerduty",
                        "routing-key=" + TOKEN + "ab",
                        "endpoint=https://proxy.internal/v2/enqueue"),
                of(
                        AlertmanagerListener.class,
                        "alertmanager",
                        "urls=http://am-1.internal:9093,http://am-2.internal:9093"),
                of(
                        AlertmanagerListener.class,
                        "alertmanager",
                        "urls[0]=http://am-1.internal:9093",
                        "urls[1]=http://am-2.internal:9093",
                        "username=shop",
                        "password=" + TOKEN),
                of(
                        WebhookListener.class,
                        "webhook",
                        "url=https://hooks.shop.example/" + TOKEN,
                        "secret=whsec_aHVudGVyMmh1bnRlcjJodW50ZXIyaHVudGVyMg==",
                        "headers.Authorization=Bearer " + TOKEN));
    }

    private static Arguments of(Class<?> type, String group, String... properties) {
        return Arguments.of(
                type,
                group,
                Arrays.stream(properties).map(one -> ALERTS + group + '.' + one).toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("destinations")
    void isABeanOfTheNameOfItsProperties(Class<? extends AlertListener> type, String name, String[] properties) {
        application.withPropertyValues(properties).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBeansOfType(AlertListener.class)).containsOnlyKeys(name);
            assertThat(context.getBean(name)).isInstanceOf(type);
        });
    }

    @ParameterizedTest
    @DisplayName("Security: no secret of a destination is shown by its bean or by the properties")
    @MethodSource("destinations")
    void showsNoSecret(Class<? extends AlertListener> type, String name, String[] properties) {
        application
                .withPropertyValues(properties)
                .run(context -> assertThat(context.getBean(name)
                                + context.getBean(SiteMonitorProperties.class).toString())
                        .contains(type.getSimpleName(), "[on]")
                        .doesNotContain("hunter2", "whsec_"));
    }

    @ParameterizedTest
    @MethodSource("destinations")
    void backsOff(Class<? extends AlertListener> type, String name, String[] properties) {
        AlertListener own = alert -> {};
        application
                .withPropertyValues(properties)
                .withBean(name, AlertListener.class, () -> own)
                .run(context -> assertThat(context.getBeansOfType(AlertListener.class))
                        .as("instead of a %s", type.getSimpleName())
                        .containsExactlyEntriesOf(Map.of(name, own)));
    }

    @Test
    void severalStandBesideEachOther() {
        application
                .withPropertyValues(
                        ALERTS + "slack.webhook=https://hooks.slack.com/services/1",
                        ALERTS + "mattermost.webhook=https://chat.internal/hooks/1",
                        ALERTS + "rocketchat.webhook=https://chat.internal/hooks/1/2",
                        ALERTS + "jfr=true")
                .run(context -> {
                    assertThat(context.getBeansOfType(AlertListener.class))
                            .containsOnlyKeys("slack", "mattermost", "rocketchat", "jfr");
                    assertThat(context.getBean("jfr")).isInstanceOf(JfrListener.class);
                });
    }

    @Test
    void twilioTakesItsProperties() {
        application
                .withPropertyValues(
                        ALERTS + "sms.twilio.account-sid=AC0123456789abcdef0123456789abcdef",
                        ALERTS + "sms.twilio.auth-token=" + TOKEN,
                        ALERTS + "sms.twilio.from=+15005550006",
                        ALERTS + "sms.to=+15005550010",
                        ALERTS + "sms.endpoint=http://127.0.0.1:1/")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean("siteMonitorSms", SmsListener.class)
                                    .toString())
                            .isEqualTo("SmsListener[127.0.0.1, to [+15005550010]]");
                    assertThat(context.getBean(SiteMonitorProperties.class).toString())
                            .contains("Sms[on]")
                            .doesNotContain("hunter2");
                });
    }
}
