package io.sitemonitor.examples.snippets;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.Recipients;
import io.sitemonitor.alert.Severity;
import io.sitemonitor.alert.alertmanager.AlertmanagerListener;
import io.sitemonitor.alert.discord.DiscordListener;
import io.sitemonitor.alert.email.EmailListener;
import io.sitemonitor.alert.googlechat.GoogleChatListener;
import io.sitemonitor.alert.gotify.GotifyListener;
import io.sitemonitor.alert.jfr.JfrListener;
import io.sitemonitor.alert.log.IncidentLogListener;
import io.sitemonitor.alert.log.Slf4jListener;
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
import io.sitemonitor.check.Secret;
import java.nio.file.Path;
import java.util.Map;

/** The code in docs/destinations.md. */
final class DestinationSnippets {

    private DestinationSnippets() {}

    static void people(MonitorBuilder monitor, Map<String, String> secrets) {
        // tag::destinations-people
        monitor.alert(EmailListener.smtp("smtp://mail.internal").to(Recipients.fromContact()))
                .alert(SmsListener.africasTalking("shop", secrets.get("at")).to("+254711000000"))
                .alert(SmsListener.twilio(secrets.get("twilio-sid"), secrets.get("twilio-token"), "+15005550006")
                        .to("+15005550010"))
                .alert(NtfyListener.topic("https://ntfy.sh/shop-alerts-4711").oneNotificationPerIncident())
                .alert(GotifyListener.server("http://push.internal").token(secrets.get("gotify")))
                .alert(PushoverListener.application(secrets.get("pushover"))
                        .user(secrets.get("pushover-user"))
                        .emergency(ofMinutes(1), ofHours(1)));
        // end::destinations-people
    }

    static void chats(MonitorBuilder monitor, Map<String, String> secrets) {
        // tag::destinations-chats
        monitor.alert(SlackListener.webhook(secrets.get("slack")).mentionWhenCritical("here"))
                .alert(TeamsListener.workflow(secrets.get("teams")))
                .alert(DiscordListener.webhook(secrets.get("discord")).mentionWhenCritical("1122334455667788990"))
                .alert(TelegramListener.bot(secrets.get("telegram")).chat("-1001234567890"))
                .alert(MattermostListener.webhook(secrets.get("mattermost")).channel("alerts"))
                .alert(MattermostListener.rocketChat(secrets.get("rocket-chat")))
                .alert(GoogleChatListener.webhook(secrets.get("google-chat")))
                .alert(MatrixListener.homeserver("https://matrix.internal")
                        .accessToken(secrets.get("matrix"))
                        .room("!alerts:internal"));
        // end::destinations-chats
    }

    static void systems(MonitorBuilder monitor, Map<String, String> secrets) {
        // tag::destinations-systems
        monitor.alert(PagerDutyListener.events(secrets.get("pagerduty")).group("{label.team}"))
                .alert(
                        AlertmanagerListener.at("http://am-1.internal:9093", "http://am-2.internal:9093"),
                        p -> p.named("alertmanager"))
                .alert(WebhookListener.post("https://hooks.shop.example/alerts")
                        .header("Authorization", Secret.of("Bearer " + secrets.get("hooks")))
                        .signedWith(secrets.get("hooks-key")))
                .alert(IncidentLogListener.json(Path.of("incidents.jsonl")))
                .alert(Slf4jListener.named("alerts"))
                .alert(JfrListener.create());
        // end::destinations-systems
    }

    static WebhookListener template() {
        // tag::destinations-template
        WebhookListener own =
                WebhookListener.post("https://hooks.shop.example/tickets").json("""
                        {"title": "{check} is {status}", "urgency": "{severity}",
                         "fields": {"why": "{summary}", "since": "{since}"}, "tags": ["{label.team}"]}""");
        // end::destinations-template
        return own;
    }

    static NtfyListener loudness() {
        // tag::destinations-loudness
        NtfyListener phone = NtfyListener.topic("https://ntfy.internal/alerts")
                .priority(Severity.WARNING, 2) // no sound
                .priority(Severity.CRITICAL, 5);
        // end::destinations-loudness
        return phone;
    }
}
