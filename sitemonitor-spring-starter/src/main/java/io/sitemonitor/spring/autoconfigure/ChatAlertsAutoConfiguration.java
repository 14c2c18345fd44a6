package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.discord.DiscordListener;
import io.sitemonitor.alert.googlechat.GoogleChatListener;
import io.sitemonitor.alert.matrix.MatrixListener;
import io.sitemonitor.alert.mattermost.MattermostListener;
import io.sitemonitor.alert.slack.SlackListener;
import io.sitemonitor.alert.teams.TeamsListener;
import io.sitemonitor.alert.telegram.TelegramListener;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Sends alerts to chats: to each whose address or token below {@code sitemonitor.alerts} is set. */
@AutoConfiguration(before = SiteMonitorAutoConfiguration.class)
@ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class ChatAlertsAutoConfiguration {

    private static final String SLACK = AlertProperties.PREFIX + ".slack";
    private static final String TEAMS = AlertProperties.PREFIX + ".teams";
    private static final String DISCORD = AlertProperties.PREFIX + ".discord";
    private static final String TELEGRAM = AlertProperties.PREFIX + ".telegram";
    private static final String MATTERMOST = AlertProperties.PREFIX + ".mattermost";
    private static final String ROCKETCHAT = AlertProperties.PREFIX + ".rocketchat";
    private static final String GOOGLE_CHAT = AlertProperties.PREFIX + ".google-chat";
    private static final String MATRIX = AlertProperties.PREFIX + ".matrix";
    private static final String MENTION = ".mention-when-critical";

    /** Called by Spring. */
    public ChatAlertsAutoConfiguration() {}

    @Bean("slack")
    @ConditionalOnMissingBean(name = "slack")
    @ConditionalOnProperty(SLACK + ".webhook")
    SlackListener slack(SiteMonitorProperties properties) {
        AlertProperties.Slack given = properties.alerts().slack();
        SlackListener listener =
                Property.make(SLACK + ".webhook", Objects.requireNonNull(given.webhook()), SlackListener::webhook);
        return Property.change(
                SLACK + MENTION, listener, given.mentionWhenCritical(), SlackListener::mentionWhenCritical);
    }

    @Bean("teams")
    @ConditionalOnMissingBean(name = "teams")
    @ConditionalOnProperty(TEAMS + ".workflow")
    TeamsListener teams(SiteMonitorProperties properties) {
        AlertProperties.Teams given = properties.alerts().teams();
        return Property.make(TEAMS + ".workflow", Objects.requireNonNull(given.workflow()), TeamsListener::workflow);
    }

    @Bean("discord")
    @ConditionalOnMissingBean(name = "discord")
    @ConditionalOnProperty(DISCORD + ".webhook")
    DiscordListener discord(SiteMonitorProperties properties) {
        AlertProperties.Discord given = properties.alerts().discord();
        DiscordListener listener =
                Property.make(DISCORD + ".webhook", Objects.requireNonNull(given.webhook()), DiscordListener::webhook);
        return Property.change(
                DISCORD + MENTION, listener, given.mentionWhenCritical(), DiscordListener::mentionWhenCritical);
    }

    @Bean("telegram")
    @ConditionalOnMissingBean(name = "telegram")
    @ConditionalOnProperty(TELEGRAM + ".token")
    TelegramListener telegram(SiteMonitorProperties properties) {
        AlertProperties.Telegram given = properties.alerts().telegram();
        String chat = Property.required(TELEGRAM + ".chat", given.chat(), TELEGRAM + ".token");
        TelegramListener.Bot bot =
                Property.make(TELEGRAM + ".token", Objects.requireNonNull(given.token()), TelegramListener::bot);
        TelegramListener listener = Property.make(TELEGRAM + ".chat", chat, bot::chat);
        return Property.change(TELEGRAM + ".server", listener, given.server(), TelegramListener::server);
    }

    @Bean("mattermost")
    @ConditionalOnMissingBean(name = "mattermost")
    @ConditionalOnProperty(MATTERMOST + ".webhook")
    MattermostListener mattermost(SiteMonitorProperties properties) {
        return chat(MATTERMOST, properties.alerts().mattermost(), MattermostListener::webhook);
    }

    @Bean("rocketchat")
    @ConditionalOnMissingBean(name = "rocketchat")
    @ConditionalOnProperty(ROCKETCHAT + ".webhook")
    MattermostListener rocketchat(SiteMonitorProperties properties) {
        return chat(ROCKETCHAT, properties.alerts().rocketchat(), MattermostListener::rocketChat);
    }

    private static MattermostListener chat(
            String property, AlertProperties.Chat given, Function<String, MattermostListener> webhook) {
        MattermostListener listener =
                Property.make(property + ".webhook", Objects.requireNonNull(given.webhook()), webhook);
        listener = Property.change(property + ".channel", listener, given.channel(), MattermostListener::channel);
        return Property.change(
                property + MENTION, listener, given.mentionWhenCritical(), MattermostListener::mentionWhenCritical);
    }

    @Bean("google-chat")
    @ConditionalOnMissingBean(name = "google-chat")
    @ConditionalOnProperty(GOOGLE_CHAT + ".webhook")
    GoogleChatListener googleChat(SiteMonitorProperties properties) {
        AlertProperties.GoogleChat given = properties.alerts().googleChat();
        return Property.make(
                GOOGLE_CHAT + ".webhook", Objects.requireNonNull(given.webhook()), GoogleChatListener::webhook);
    }

    @Bean("matrix")
    @ConditionalOnMissingBean(name = "matrix")
    @ConditionalOnProperty(MATRIX + ".homeserver")
    MatrixListener matrix(SiteMonitorProperties properties) {
        AlertProperties.Matrix given = properties.alerts().matrix();
        String token = Property.required(MATRIX + ".access-token", given.accessToken(), MATRIX + ".homeserver");
        String room = Property.required(MATRIX + ".room", given.room(), MATRIX + ".homeserver");
        MatrixListener.Homeserver server = Property.make(
                MATRIX + ".homeserver", Objects.requireNonNull(given.homeserver()), MatrixListener::homeserver);
        MatrixListener.Account account = Property.make(MATRIX + ".access-token", token, server::accessToken);
        return Property.make(MATRIX + ".room", room, account::room);
    }
}
