package io.sitemonitor.amqp;

import io.sitemonitor.amqp.internal.UriText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a URI together with its query. Its messages show no value, and a name only if nothing else can be meant by it. */
final class BrokerUri {

    private static final List<String> FOR_TLS =
            List.of("cacertfile", "certfile", "keyfile", "verify", "server_name_indication");
    private static final List<String> KNOWN = List.of(
            "heartbeat",
            "connection_timeout",
            "cacertfile",
            "certfile",
            "keyfile",
            "verify",
            "server_name_indication",
            "auth_mechanism",
            "channel_max");

    /** More than we ever open on one connection. */
    private static final int CHANNELS = 8;

    private BrokerUri() {}

    static AmqpBroker read(String uri) {
        AmqpAddress.requirePlain(uri);
        int mark = uri.indexOf('?');
        if (mark < 0) {
            return AmqpBroker.at(AmqpAddress.parse(uri));
        }
        String query = uri.substring(mark + 1);
        if (query.indexOf('@') >= 0) {
            throw new IllegalArgumentException("a ? in the user or the password of an AMQP URI must be written %3f,"
                    + " and an @ in its query %40");
        }
        if (query.indexOf('#') >= 0) {
            throw new IllegalArgumentException("an AMQP URI must not have a fragment; write # as %23");
        }
        AmqpAddress address = AmqpAddress.parse(uri.substring(0, mark));
        return apply(parameters(query), AmqpBroker.at(address), address.tls());
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("the query of an AMQP URI has "
                        + (name.matches("[a-z_]{1,40}") ? "the parameter '" + name + "', which" : "a parameter that")
                        + " is not known here; known are " + String.join(", ", KNOWN));
            }
            String value = UriText.decode("query", pair.substring(equals + 1));
            if (equals < 0 || value.isEmpty()) {
                throw wrong(name, "has no value");
            }
            if (given.put(name, value) != null) {
                throw wrong(name, "must not stand there twice");
            }
        }
        return given;
    }

    private static AmqpBroker apply(Map<String, String> given, AmqpBroker at, boolean tls) {
        AmqpBroker broker = at;
        for (String name : FOR_TLS) {
            if (given.containsKey(name) && !tls) {
                throw wrong(name, "needs TLS: begin the URI with amqps://, or leave it out");
            }
        }
        checkVerify(given.get("verify"));
        checkChannels(given.get("channel_max"));
        String heartbeat = given.get("heartbeat");
        if (heartbeat != null) {
            broker = broker.heartbeat(Duration.ofSeconds(number("heartbeat", heartbeat, "seconds")));
        }
        String timeout = given.get("connection_timeout");
        if (timeout != null) {
            broker = broker.connectTimeout(Duration.ofMillis(number("connection_timeout", timeout, "milliseconds")));
        }
        String trust = given.get("cacertfile");
        if (trust != null) {
            broker = broker.trust(Path.of(trust));
        }
        String certificate = given.get("certfile");
        String key = given.get("keyfile");
        if (certificate != null && key != null) {
            broker = broker.clientCertificate(Path.of(certificate), Path.of(key));
        } else if (certificate != null || key != null) {
            throw wrong(certificate == null ? "keyfile" : "certfile", "needs the other: certfile and keyfile");
        }
        String serverName = given.get("server_name_indication");
        if (serverName != null) {
            if (serverName.equals("disable")) {
                throw wrong("server_name_indication", "must be a name: names are always verified");
            }
            broker = broker.serverName(serverName);
        }
        return login(broker, given.get("auth_mechanism"), tls);
    }

    private static AmqpBroker login(AmqpBroker broker, @Nullable String mechanism, boolean tls) {
        if (mechanism == null || mechanism.equalsIgnoreCase("plain")) {
            return broker;
        }
        if (!mechanism.toLowerCase(Locale.ROOT).equals("external")) {
            throw wrong("auth_mechanism", "must be plain, for user and password, or external, for a certificate");
        }
        if (!tls) {
            throw wrong("auth_mechanism", "needs TLS to be external: begin the URI with amqps://");
        }
        return broker.externalLogin();
    }

    private static void checkVerify(@Nullable String verify) {
        if (verify != null && !verify.equals("verify_peer")) {
            throw wrong(
                    "verify",
                    "must be verify_peer or left out: chain and name are always verified;"
                            + " say whom to trust with cacertfile, and under which name with server_name_indication");
        }
    }

    private static void checkChannels(@Nullable String channels) {
        if (channels != null) {
            int most = number("channel_max", channels, "channels");
            if (most != 0 && most < CHANNELS) {
                throw wrong("channel_max", "must be 0 or at least " + CHANNELS);
            }
        }
    }

    private static int number(String name, String value, String unit) {
        int number = UriText.number(value);
        if (number < 0) {
            throw wrong(name, "must be a number of " + unit);
        }
        return number;
    }

    private static IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException("the parameter '" + name + "' of an AMQP URI " + what);
    }
}
