package io.sitemonitor.alert.alertmanager;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.Severity;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.HttpAddress;
import io.sitemonitor.alert.internal.HttpDelivery;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts to a Prometheus Alertmanager, by its
 * <a href="https://prometheus.io/docs/alerting/latest/alerts_api/">API v2</a>.
 *
 * <pre>{@code
 * .alert(AlertmanagerListener.at("http://am-1.internal:9093", "http://am-2.internal:9093"), p -> p.remindEvery(ofHours(6)))
 * }</pre>
 *
 * <p>The labels, by which an Alertmanager tells alerts apart, are {@code alertname}, {@code monitor}, {@code check}, {@code incident},
 * {@code severity} in lower case, and the labels of the check, whose names are written with letters, digits and underscores. They are the same for
 * what opens and what closes, so a recovery ends what was opened, and a repetition changes nothing. Summary, description, target, kind
 * and failure are annotations.
 *
 * <p>What opens ends by itself after {@link #holdFor(Duration)}, one day, so that nothing fires for ever should nobody tell of its end;
 * each reminder extends it. Whoever expects longer outages lets the policy remind more often than that.
 *
 * <p><b>Several instances</b> of a cluster all get each alert, as Prometheus does it; the alert is delivered once one of them has taken it.
 *
 * <p><b>Addresses:</b> a server of one's own may be reached by http; alerts and credentials are then readable on the way.
 *
 * <p><b>Failure:</b> 400, 413 and 422 refuse this very alert for good; 429 and 503 with {@code Retry-After}, from a proxy before it, say when
 * to come again; everything else is tried again.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class AlertmanagerListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    /** How long an alert fires unless its end, or a reminder, comes first: one day. */
    public static final Duration DEFAULT_HOLD = Duration.ofDays(1);

    /** How many instances there can be. */
    public static final int MAX_INSTANCES = 10;

    private static final Logger log = LoggerFactory.getLogger(AlertmanagerListener.class);
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,99}");
    private static final Duration LEAST_HOLD = Duration.ofMinutes(1);
    private static final Duration MOST_HOLD = Duration.ofDays(366);
    private static final int MAX_REMEMBERED = 1_000;

    private final Options options;

    /** How much incidents matter that were opened, since a reminder may be told of with another severity. Guarded by itself. */
    private final Map<String, Severity> opened = new LinkedHashMap<>();

    private AlertmanagerListener(Options options) {
        this.options = options;
    }

    /**
     * Sends to one instance, or to all of a cluster.
     *
     * @param url where it is, with its path if it has one, such as {@code http://am.internal:9093}: an https URL, or an http URL,
     *     which everybody on the way can read
     * @param more further instances of the same cluster
     * @return a listener that sends there
     * @throws IllegalArgumentException if one of them is no such URL or holds credentials, or there are more than
     *     {@value #MAX_INSTANCES}
     */
    public static AlertmanagerListener at(String url, String... more) {
        List<HttpDelivery> instances = new ArrayList<>();
        instances.add(instance(url));
        for (String one : Objects.requireNonNull(more, "more")) {
            instances.add(instance(one));
        }
        if (instances.size() > MAX_INSTANCES) {
            throw new IllegalArgumentException(
                    "there can be at most " + MAX_INSTANCES + " instances, but there are " + instances.size());
        }
        AlertForm form = new AlertForm("SiteMonitorAlert", Map.of(), DEFAULT_HOLD, null, AlertTexts.DEFAULT);
        return new AlertmanagerListener(new Options(List.copyOf(instances), DEFAULT_TIMEOUT, null, form));
    }

    private static HttpDelivery instance(String url) {
        HttpUrl server =
                HttpAddress.own("the URL of an Alertmanager", url, "http://am.internal:9093", "credentials(…)");
        if (server.encodedPath().contains("/api/v")) {
            throw new IllegalArgumentException(
                    "the URL of an Alertmanager must end before its API, such as http://am.internal:9093, but that of "
                            + server.host() + " ends in " + SafeText.line(server.encodedPath(), 60));
        }
        return HttpDelivery.to(
                server.newBuilder().addPathSegments("api/v2/alerts").build());
    }

    /**
     * Signs in by HTTP Basic.
     *
     * <p>Default: as nobody.
     *
     * @param user the name, without a colon
     * @param password the password; shown nowhere
     * @return a copy that does so
     * @throws IllegalArgumentException if one of them is empty or has control characters, or the name has a colon
     */
    public AlertmanagerListener credentials(String user, String password) {
        if (user.isEmpty() || user.indexOf(':') >= 0 || !SafeText.isLine(user)) {
            throw new IllegalArgumentException(
                    "the user must not be empty and have no colon and no control characters");
        }
        if (password.isEmpty() || !SafeText.isLine(password)) {
            throw new IllegalArgumentException("the password must not be empty and have no control characters");
        }
        String basic = Credentials.basic(user, password, StandardCharsets.UTF_8);
        List<String> secrets = List.of(password, basic, basic.substring(basic.indexOf(' ') + 1));
        Options hiding = options.each(delivery -> delivery.hiding(secrets));
        return new AlertmanagerListener(new Options(hiding.instances(), hiding.timeout(), basic, hiding.form()));
    }

    /**
     * Names the alerts.
     *
     * <p>Default {@code SiteMonitorAlert}.
     *
     * @param name the label {@code alertname} of all of them: 1 to 200 characters, no control characters
     * @return a copy that does so
     * @throws IllegalArgumentException if it is no such name
     */
    public AlertmanagerListener alertName(String name) {
        if (name.isBlank() || name.length() > 200 || !SafeText.isLine(name)) {
            throw new IllegalArgumentException(
                    "the name of alerts must have 1 to 200 characters and no control characters");
        }
        return new AlertmanagerListener(options.with(options.form().name(name)));
    }

    /**
     * Adds a label to all alerts.
     *
     * <p>Default: none but those of the checks.
     *
     * @param name letters, digits and underscores, beginning with none of the digits
     * @param value its value
     * @return a copy that does so
     * @throws IllegalArgumentException if it is no such name
     */
    public AlertmanagerListener label(String name, String value) {
        if (!LABEL.matcher(Objects.requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException("a label must be named by letters, digits and underscores, but was '"
                    + SafeText.line(name, 60) + "'");
        }
        return new AlertmanagerListener(options.with(options.form().label(name, value)));
    }

    /**
     * Lets an alert fire for this long unless its end, or a reminder, comes first.
     *
     * <p>Default one day.
     *
     * @param hold from 1 minute to 366 days
     * @return a copy that does so
     * @throws IllegalArgumentException if it is outside its range
     */
    public AlertmanagerListener holdFor(Duration hold) {
        if (hold.compareTo(LEAST_HOLD) < 0 || hold.compareTo(MOST_HOLD) > 0) {
            throw new IllegalArgumentException(
                    "hold must be from " + LEAST_HOLD + " to " + MOST_HOLD + ", but was " + hold);
        }
        return new AlertmanagerListener(options.with(options.form().hold(hold)));
    }

    /**
     * Leads people from an alert to a page, such as that of the monitor.
     *
     * <p>Default: to the target, if that is a web address.
     *
     * @param url the page: an https or http URL
     * @return a copy that does so
     * @throws IllegalArgumentException if it is no such URL
     */
    public AlertmanagerListener generatorUrl(String url) {
        String link = HttpAddress.link(Objects.requireNonNull(url, "url"));
        if (link == null) {
            throw new IllegalArgumentException("a generator URL must be an https or http URL without credentials");
        }
        return new AlertmanagerListener(options.with(options.form().generator(link)));
    }

    /**
     * Says something else: the subject is the annotation {@code summary}, the text {@code description}.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param texts what to say
     * @return a copy that does so
     */
    public AlertmanagerListener texts(AlertTexts texts) {
        Objects.requireNonNull(texts, "texts");
        return new AlertmanagerListener(options.with(options.form().texts(texts)));
    }

    /**
     * Bounds an attempt, that of all instances together.
     *
     * <p>Default 8 seconds, from 1 millisecond to 5 minutes. Should be shorter than the timeout of the
     * {@link io.sitemonitor.alert.AlertPolicy}.
     *
     * @param timeout the longest time from the first name lookup to the end of the last answer
     * @return a copy that does so
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public AlertmanagerListener timeout(Duration timeout) {
        Duration checked = options.instances().get(0).timeout(timeout).timeout();
        return new AlertmanagerListener(
                new Options(options.instances(), checked, options.authorization(), options.form()));
    }

    /**
     * Trusts a certificate authority of one's own, or shows a certificate.
     *
     * <p>Default {@link TlsSettings#system()}.
     *
     * @param settings whom to trust, and what to show
     * @return a copy that does so
     */
    public AlertmanagerListener tls(TlsSettings settings) {
        Objects.requireNonNull(settings, "tls");
        return new AlertmanagerListener(options.each(delivery -> delivery.tls(settings)));
    }

    /**
     * Sends an alert to all instances.
     *
     * @param alert the alert
     * @throws RetryAlertException if none took it, and one says when to come again
     * @throws UndeliverableAlertException if all refuse this very alert
     * @throws IOException if none took it for another reason
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        RequestBody body = HttpDelivery.body(options.form().of(alert, severity(alert)));
        Outcome outcome = new Outcome();
        long millis = options.timeout().toMillis() / options.instances().size();
        for (HttpDelivery instance : options.instances()) {
            Request.Builder request = instance.request().post(body);
            if (options.authorization() != null) {
                request.header("Authorization", options.authorization());
            }
            try {
                instance.timeout(Duration.ofMillis(Math.max(1, millis))).deliver(request.build());
                outcome.taken++;
            } catch (UndeliverableAlertException e) {
                outcome.refused = e;
                outcome.reasons.add(String.valueOf(e.getMessage()));
            } catch (RetryAlertException e) {
                outcome.later = e;
                outcome.reasons.add(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                outcome.failed = e;
                outcome.reasons.add(String.valueOf(e.getMessage()));
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
        outcome.settle(options.instances().size());
    }

    /** Shows the hosts. */
    @Override
    public String toString() {
        return options.instances().stream()
                .map(HttpDelivery::host)
                .collect(Collectors.joining(", ", "AlertmanagerListener[", "]"));
    }

    private Severity severity(Alert alert) {
        synchronized (opened) {
            if (alert.kind().isOpening()) {
                opened.remove(alert.incidentId());
                opened.put(alert.incidentId(), alert.severity());
                if (opened.size() > MAX_REMEMBERED) {
                    opened.remove(opened.keySet().iterator().next());
                }
            }
            return opened.getOrDefault(alert.incidentId(), alert.severity());
        }
    }

    /** What became of an alert at all instances. */
    private static final class Outcome {

        private int taken;
        private @Nullable UndeliverableAlertException refused;
        private @Nullable RetryAlertException later;
        private @Nullable IOException failed;
        private final StringJoiner reasons = new StringJoiner("; ");

        void settle(int instances) throws IOException, RetryAlertException, UndeliverableAlertException {
            if (taken == instances) {
                return;
            }
            if (taken > 0) {
                log.warn("{} of {} Alertmanagers took an alert ({})", taken, instances, reasons);
            } else if (later != null) {
                throw later;
            } else if (failed != null) {
                throw failed;
            } else if (refused != null) {
                throw refused;
            }
        }
    }

    private record Options(
            List<HttpDelivery> instances,
            Duration timeout,
            @Nullable String authorization,
            AlertForm form) {

        Options each(UnaryOperator<HttpDelivery> change) {
            return new Options(instances.stream().map(change).toList(), timeout, authorization, form);
        }

        Options with(AlertForm other) {
            return new Options(instances, timeout, authorization, other);
        }

        /** Shows no credentials. */
        @Override
        public String toString() {
            return instances.toString();
        }
    }
}
