package io.sitemonitor.spring.autoconfigure;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties below {@code sitemonitor.alerts}: who is told of outages, and what of them. Everything but policies is
 * treated as a secret.
 *
 * @param log Whether alerts are written to the log, besides the changes of state that are there anyway.
 * @param incidentLog File to which each alert is appended as a line.
 * @param incidentLogFormat What such a line is.
 * @param jfr Whether alerts are events of Flight Recorder.
 * @param email Alerts as e-mail.
 * @param sms Alerts as text messages.
 * @param amqp Alerts to RabbitMQ; needs sitemonitor-amqp.
 * @param slack Alerts to a channel of Slack.
 * @param teams Alerts to Microsoft Teams.
 * @param discord Alerts to a channel of Discord.
 * @param telegram Alerts to a chat of Telegram.
 * @param mattermost Alerts to a channel of Mattermost.
 * @param rocketchat Alerts to a channel of Rocket.Chat.
 * @param googleChat Alerts to a space of Google Chat.
 * @param matrix Alerts to a room of Matrix.
 * @param ntfy Alerts to a topic of ntfy.
 * @param gotify Alerts to a server of Gotify.
 * @param pushover Alerts to Pushover.
 * @param pagerduty Alerts to PagerDuty.
 * @param alertmanager Alerts to Prometheus Alertmanager.
 * @param webhook Alerts to any server that takes them over HTTP.
 * @param policies Who is told what and when, by the name of the alert listener.
 */
public record AlertProperties(
        @DefaultValue("false") boolean log,
        @Nullable String incidentLog,
        @DefaultValue("json") LineFormat incidentLogFormat,
        @DefaultValue("false") boolean jfr,
        @DefaultValue Email email,
        @DefaultValue Sms sms,
        @DefaultValue @NestedConfigurationProperty AmqpProperties amqp,
        @DefaultValue Slack slack,
        @DefaultValue Teams teams,
        @DefaultValue Discord discord,
        @DefaultValue Telegram telegram,
        @DefaultValue Chat mattermost,
        @DefaultValue Chat rocketchat,
        @DefaultValue GoogleChat googleChat,
        @DefaultValue Matrix matrix,
        @DefaultValue Ntfy ntfy,
        @DefaultValue Gotify gotify,
        @DefaultValue Pushover pushover,
        @DefaultValue PagerDuty pagerduty,
        @DefaultValue Alertmanager alertmanager,
        @DefaultValue Webhook webhook,
        @DefaultValue Map<String, PolicyProperties> policies) {

    /** What all their names begin with, without the dot. */
    static final String PREFIX = SiteMonitorProperties.PREFIX + ".alerts";

    /** What a line of an incident log is. */
    public enum LineFormat {
        /** An object of JSON. */
        JSON,
        /** A sentence for people. */
        TEXT
    }

    /**
     * Alerts as e-mail.
     *
     * @param smtp Mail server, such as smtp://mail.internal or smtps://mail.example.
     * @param username User name for the server, if it is not part of its address.
     * @param password Password for the server.
     * @param from Sender.
     * @param to Addresses, and the word contacts for the contacts of the check; contacts unless set.
     */
    public record Email(
            @Nullable String smtp,
            @Nullable String username,
            @Nullable String password,
            @Nullable String from,
            @DefaultValue List<String> to) {

        /** Returns no more than whether it is set: the server may hold a password. */
        @Override
        public String toString() {
            return "Email[" + (smtp == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts as text messages, through Africa's Talking or Twilio.
     *
     * @param username User name of the account with Africa's Talking.
     * @param apiKey API key of the account.
     * @param from Sender id registered with Africa's Talking.
     * @param to Telephone numbers, and the word contacts for the contacts of the check; contacts unless set.
     * @param endpoint Another address of the service, such as that of a proxy.
     * @param twilio Twilio, instead of Africa's Talking.
     */
    public record Sms(
            @Nullable String username,
            @Nullable String apiKey,
            @Nullable String from,
            @DefaultValue List<String> to,
            @Nullable String endpoint,
            @DefaultValue Twilio twilio) {

        /** Returns no more than whether it is set: the key is secret. */
        @Override
        public String toString() {
            return "Sms[" + (username == null && twilio.accountSid() == null ? "off" : "on") + ']';
        }
    }

    /**
     * Text messages through Twilio.
     *
     * @param accountSid SID of the account.
     * @param authToken Auth token of the account.
     * @param from Sender: a telephone number, a sender id, or the SID of a messaging service.
     */
    public record Twilio(
            @Nullable String accountSid,
            @Nullable String authToken,
            @Nullable String from) {

        /** Returns no more than whether it is set: the token is secret. */
        @Override
        public String toString() {
            return "Twilio[" + (accountSid == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to a channel of Slack.
     *
     * @param webhook Address of an incoming webhook.
     * @param mentionWhenCritical Whom to call by name when something critical is told: here, channel, or the id of a user or a group.
     */
    public record Slack(@Nullable String webhook, @Nullable String mentionWhenCritical) {

        /** Returns no more than whether it is set: the address is secret. */
        @Override
        public String toString() {
            return "Slack[" + (webhook == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to Microsoft Teams.
     *
     * @param workflow Address of a workflow that begins when a webhook request is received.
     */
    public record Teams(@Nullable String workflow) {

        /** Returns no more than whether it is set: the address is secret. */
        @Override
        public String toString() {
            return "Teams[" + (workflow == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to a channel of Discord.
     *
     * @param webhook Address of a webhook.
     * @param mentionWhenCritical Whom to call by name when something critical is told: the id of a role.
     */
    public record Discord(
            @Nullable String webhook, @Nullable String mentionWhenCritical) {

        /** Returns no more than whether it is set: the address is secret. */
        @Override
        public String toString() {
            return "Discord[" + (webhook == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to a chat of Telegram.
     *
     * @param token Token of a bot.
     * @param chat Chat: its id, or the name of a public channel with @ before it.
     * @param server Another server of the Bot API.
     */
    public record Telegram(
            @Nullable String token,
            @Nullable String chat,
            @Nullable String server) {

        /** Returns no more than whether it is set: the token is secret. */
        @Override
        public String toString() {
            return "Telegram[" + (token == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to a channel of Mattermost or Rocket.Chat.
     *
     * @param webhook Address of an incoming webhook.
     * @param channel Another channel than that of the webhook.
     * @param mentionWhenCritical Whom to call by name when something critical is told: here, channel, all, a user or a group.
     */
    public record Chat(
            @Nullable String webhook,
            @Nullable String channel,
            @Nullable String mentionWhenCritical) {

        /** Returns no more than whether it is set: the address is secret. */
        @Override
        public String toString() {
            return "Chat[" + (webhook == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to a space of Google Chat.
     *
     * @param webhook Address of an incoming webhook.
     */
    public record GoogleChat(@Nullable String webhook) {

        /** Returns no more than whether it is set: the address is secret. */
        @Override
        public String toString() {
            return "GoogleChat[" + (webhook == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to a room of Matrix.
     *
     * @param homeserver Address of the homeserver, such as https://matrix.internal.
     * @param accessToken Access token of the account that sends.
     * @param room Id of a room without encryption, such as !alerts:internal.
     */
    public record Matrix(
            @Nullable String homeserver,
            @Nullable String accessToken,
            @Nullable String room) {

        /** Returns no more than whether it is set: the token is secret. */
        @Override
        public String toString() {
            return "Matrix[" + (homeserver == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to a topic of ntfy.
     *
     * @param topic Address of the topic, such as https://ntfy.internal/alerts.
     * @param token Access token, if the topic needs one.
     */
    public record Ntfy(@Nullable String topic, @Nullable String token) {

        /** Returns no more than whether it is set: the topic is secret. */
        @Override
        public String toString() {
            return "Ntfy[" + (topic == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to a server of Gotify.
     *
     * @param server Address of the server, such as https://push.internal.
     * @param token Token of an application.
     */
    public record Gotify(@Nullable String server, @Nullable String token) {

        /** Returns no more than whether it is set: the token is secret. */
        @Override
        public String toString() {
            return "Gotify[" + (server == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to Pushover.
     *
     * @param token API token of an application.
     * @param user Key of a user or group.
     * @param server Another address of the service, such as that of a proxy.
     */
    public record Pushover(
            @Nullable String token,
            @Nullable String user,
            @Nullable String server) {

        /** Returns no more than whether it is set: the token is secret. */
        @Override
        public String toString() {
            return "Pushover[" + (token == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to PagerDuty.
     *
     * @param routingKey Routing key of an Events API v2 integration.
     * @param europe Whether the account is in the service region of the European Union.
     * @param endpoint Another address of the service, such as that of a proxy.
     */
    public record PagerDuty(
            @Nullable String routingKey,
            @DefaultValue("false") boolean europe,
            @Nullable String endpoint) {

        /** Returns no more than whether it is set: the key is secret. */
        @Override
        public String toString() {
            return "PagerDuty[" + (routingKey == null ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to Prometheus Alertmanager.
     *
     * @param urls Addresses of all instances of a cluster, such as http://am.internal:9093.
     * @param username User name, if they ask for one.
     * @param password Password.
     */
    public record Alertmanager(
            @DefaultValue List<String> urls,
            @Nullable String username,
            @Nullable String password) {

        /** Returns no more than whether it is set: the password is secret. */
        @Override
        public String toString() {
            return "Alertmanager[" + (urls.isEmpty() ? "off" : "on") + ']';
        }
    }

    /**
     * Alerts to any server that takes them over HTTP.
     *
     * @param url Address to post to.
     * @param secret Key by which each request is signed: whsec_ and 24 to 64 bytes in base64.
     * @param headers HTTP headers to send; their values are shown nowhere.
     */
    public record Webhook(
            @Nullable String url,
            @Nullable String secret,
            @DefaultValue Map<String, String> headers) {

        /** Returns no more than whether it is set: the address may be secret. */
        @Override
        public String toString() {
            return "Webhook[" + (url == null ? "off" : "on") + ']';
        }
    }
}
