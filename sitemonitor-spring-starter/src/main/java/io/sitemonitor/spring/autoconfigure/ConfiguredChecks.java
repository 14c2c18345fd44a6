package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.http.BodyExpectation;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.tcp.TcpCheck;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.spring.autoconfigure.SiteMonitorProperties.ConfiguredCheck;
import io.sitemonitor.spring.autoconfigure.SiteMonitorProperties.Heartbeat;
import io.sitemonitor.spring.autoconfigure.SiteMonitorProperties.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes checks and their settings of properties. */
final class ConfiguredChecks {

    private ConfiguredChecks() {}

    /** Returns the beginning of the names of all properties of a check, without the dot at its end. */
    static String property(String check) {
        return Property.below(SiteMonitorProperties.PREFIX + ".checks", check);
    }

    /** Returns what is probed ({@code zone} is that of times that name none), or null if the properties are no more than settings for a check from elsewhere. */
    static @Nullable Check check(String name, ConfiguredCheck given, @Nullable String zone) {
        String property = property(name);
        String url = given.url();
        String tcp = given.tcp();
        Heartbeat heartbeat = given.heartbeat();
        if (url != null && tcp != null) {
            throw Property.wrong(property, "url and tcp exclude each other; keep one of them");
        }
        if (heartbeat != null && (url != null || tcp != null)) {
            throw Property.wrong(
                    property, (url != null ? "url" : "tcp") + " and heartbeat exclude each other; keep one of them");
        }
        if (url != null) {
            return http(property, url, given);
        }
        refuseWithoutUrl(property, given);
        if (heartbeat != null) {
            return ConfiguredHeartbeat.check(property + ".heartbeat", heartbeat, zone);
        }
        return tcp == null ? null : tcp(property, tcp, given);
    }

    private static Check http(String property, String url, ConfiguredCheck given) {
        String method = given.method() == null ? "GET" : given.method();
        HttpCheck check = given.method() == null
                ? Property.make(property + ".url", url, HttpCheck::get)
                : Property.make(property + ".method", method, m -> HttpCheck.method(m, url));
        for (Map.Entry<String, String> header : given.headers().entrySet()) {
            check = Property.change(
                    property + ".headers." + header.getKey(),
                    check,
                    header.getValue(),
                    (before, value) -> before.header(header.getKey(), value));
        }
        for (String status : given.status()) {
            check = Property.change(property + ".status", check, status, ConfiguredChecks::expectStatus);
        }
        check = Property.change(
                property + ".contains",
                check,
                given.contains(),
                (before, text) -> before.expectBody(BodyExpectation.containing(text)));
        check = Property.change(
                property + ".not-contains",
                check,
                given.notContains(),
                (before, text) -> before.expectBody(BodyExpectation.notContaining(text)));
        check = Property.change(property + ".warn-above", check, given.warnAbove(), HttpCheck::warnAbove);
        check = Property.change(property + ".fail-above", check, given.failAbove(), HttpCheck::failAbove);
        check = Property.change(
                property + ".follow-redirects", check, given.followRedirects(), HttpCheck::followRedirects);
        return confirms(given) ? check.confirmByOtherAddress() : check;
    }

    private static HttpCheck expectStatus(HttpCheck check, String status) {
        int dash = status.indexOf('-');
        try {
            return dash < 0
                    ? check.expectStatus(Integer.parseInt(status.strip()))
                    : check.expectStatus(
                            Integer.parseInt(status.substring(0, dash).strip()),
                            Integer.parseInt(status.substring(dash + 1).strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "status must be a number such as 200 or a range such as 200-299, but was '"
                            + SafeText.line(status, 40) + "'",
                    e);
        }
    }

    private static Check tcp(String property, String address, ConfiguredCheck given) {
        TcpCheck check = Property.make(property + ".tcp", address, ConfiguredChecks::connect);
        check = Property.change(property + ".warn-above", check, given.warnAbove(), TcpCheck::warnAbove);
        return confirms(given) ? check.confirmByOtherAddress() : check;
    }

    private static boolean confirms(ConfiguredCheck given) {
        return Boolean.TRUE.equals(given.confirmByOtherAddress());
    }

    private static TcpCheck connect(String address) {
        int colon = address.lastIndexOf(':');
        try {
            if (colon > 0) {
                return TcpCheck.connect(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(noAddress(address), e);
        }
        throw new IllegalArgumentException(noAddress(address));
    }

    private static String noAddress(String address) {
        return "tcp must be a host and a port such as gw.internal:443, but was '" + SafeText.line(address, 60) + "'";
    }

    private static void refuseWithoutUrl(String property, ConfiguredCheck given) {
        Map<String, Boolean> needUrl = new LinkedHashMap<>();
        needUrl.put("method", given.method() != null);
        needUrl.put("headers", !given.headers().isEmpty());
        needUrl.put("status", !given.status().isEmpty());
        needUrl.put("contains", given.contains() != null);
        needUrl.put("not-contains", given.notContains() != null);
        needUrl.put("fail-above", given.failAbove() != null);
        needUrl.put("follow-redirects", given.followRedirects() != null);
        boolean neither = given.tcp() == null;
        needUrl.put("warn-above", given.warnAbove() != null && neither);
        needUrl.put("confirm-by-other-address", given.confirmByOtherAddress() != null && neither);
        needUrl.forEach((name, isSet) -> {
            if (isSet) {
                throw Property.wrong(property + '.' + name, name + " needs a url beside it");
            }
        });
    }

    /** Returns what applies the settings of the defaults to a builder. */
    static Consumer<CheckSettingsBuilder> defaults(SiteMonitorProperties properties) {
        return settings(SiteMonitorProperties.PREFIX + ".defaults", properties.defaults(), properties.zone());
    }

    /** Returns what applies settings to a builder; {@code zone} is that of times that name none. */
    static Consumer<CheckSettingsBuilder> settings(String property, Settings given, @Nullable String zone) {
        return builder -> {
            Property.set(property + ".every", given.every(), builder::every);
            schedule(property, given, zone, builder);
            Property.set(property + ".timeout", given.timeout(), builder::timeout);
            Property.set(property + ".retry-every", given.retryEvery(), builder::retryEvery);
            Property.set(property + ".down-after", given.downAfter(), builder::downAfter);
            Property.set(property + ".up-after", given.upAfter(), builder::upAfter);
            Property.set(property + ".degraded-after", given.degradedAfter(), builder::degradedAfter);
            Property.set(property + ".slow-down-to", given.slowDownTo(), builder::slowDownTo);
            given.labels()
                    .forEach((name, value) ->
                            Property.set(property + ".labels." + name, value, text -> builder.label(name, text)));
            Property.set(
                    property + ".flap-after",
                    given.flapAfter(),
                    changes -> builder.flapAfter(
                            changes, builder.build().flapping().within()));
            Property.set(
                    property + ".flap-within",
                    given.flapWithin(),
                    time -> builder.flapAfter(builder.build().flapping().changes(), time));
            Property.set(property + ".inverted", given.inverted(), builder::inverted);
            given.dependsOn().forEach(check -> Property.set(property + ".depends-on", check, builder::dependsOn));
            given.contacts().forEach(contact -> Property.set(property + ".contacts", contact, builder::contact));
        };
    }

    private static void schedule(String property, Settings given, @Nullable String zone, CheckSettingsBuilder builder) {
        Calendars calendars = new Calendars(zone);
        Schedule schedule = calendars.schedule(property + ".schedule", given.schedule());
        if (schedule != null) {
            if (given.every() != null) {
                throw Property.wrong(property + ".schedule", "every and schedule exclude each other; keep one of them");
            }
            builder.schedule(schedule);
        }
        for (int i = 0; i < given.maintenance().size(); i++) {
            String entry = property + ".maintenance[" + i + ']';
            for (MaintenanceWindow window :
                    calendars.windows(entry, given.maintenance().get(i))) {
                Property.set(entry, window, builder::maintenance);
            }
        }
    }
}
