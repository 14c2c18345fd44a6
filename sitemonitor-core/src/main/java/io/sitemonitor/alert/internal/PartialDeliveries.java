package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.check.SafeText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers who of several recipients is done with an alert, so that when it is offered again only the others get it.
 * Remembers a bounded number of alerts, the latest; one that was forgotten goes to everybody again. Safe for use by any
 * number of threads.
 */
public final class PartialDeliveries {

    /** How many alerts are remembered. */
    static final int MAX_ALERTS = 1_000;

    private static final Logger log = LoggerFactory.getLogger(PartialDeliveries.class);

    /** Alert id to recipient to the reason why it refused, empty if it did not. Guarded by this. */
    private final Map<String, Map<String, String>> alerts = new LinkedHashMap<>();

    /** Begins with nothing. */
    public PartialDeliveries() {}

    /**
     * Returns those who are not done yet.
     *
     * @param alert the alert
     * @param recipients all who should get it
     * @return those who neither got it nor refused it
     */
    public synchronized List<String> open(Alert alert, Collection<String> recipients) {
        Map<String, String> done = alerts.getOrDefault(alert.id(), Map.of());
        List<String> open = new ArrayList<>(recipients);
        open.removeIf(done::containsKey);
        return open;
    }

    /**
     * Notes that a recipient got it.
     *
     * @param alert the alert
     * @param recipient who got it
     */
    public void delivered(Alert alert, String recipient) {
        note(alert, recipient, "");
    }

    /**
     * Notes that a recipient will never get it.
     *
     * @param alert the alert
     * @param recipient who cannot be reached
     * @param reason why, in one harmless line
     */
    public void refused(Alert alert, String recipient, String reason) {
        note(alert, recipient, reason.isEmpty() ? "refused" : reason);
    }

    /**
     * Ends an alert whose recipients are all done, and forgets it. If some refused, that is logged; the alert counts as
     * delivered because it told somebody.
     *
     * @param alert the alert
     * @throws UndeliverableAlertException if all of them refused
     */
    public void finish(Alert alert) throws UndeliverableAlertException {
        Map<String, String> done;
        synchronized (this) {
            done = alerts.remove(alert.id());
        }
        if (done == null) {
            return;
        }
        StringJoiner refused = new StringJoiner("; ");
        int refusals = 0;
        for (Map.Entry<String, String> entry : done.entrySet()) {
            if (!entry.getValue().isEmpty()) {
                refused.add(SafeText.line(entry.getKey(), 100) + ": " + entry.getValue());
                refusals++;
            }
        }
        if (refusals == done.size()) {
            throw new UndeliverableAlertException(alert.kind() + " of check '" + name(alert.check())
                    + "' was refused for everybody (" + refused + ")");
        }
        if (refusals > 0) {
            log.warn(
                    "[{}] {} of check '{}' was delivered to {} of {} recipients and refused for the others ({})",
                    name(alert.monitor()),
                    alert.kind(),
                    name(alert.check()),
                    done.size() - refusals,
                    done.size(),
                    refused);
        }
    }

    /** An alert that came by a message may hold anything. */
    private static String name(String name) {
        return SafeText.line(name, 200);
    }

    private synchronized void note(Alert alert, String recipient, String reason) {
        Map<String, String> done = alerts.remove(alert.id());
        if (done == null) {
            done = new LinkedHashMap<>();
        }
        done.put(recipient, reason);
        alerts.put(alert.id(), done);
        if (alerts.size() > MAX_ALERTS) {
            alerts.remove(alerts.keySet().iterator().next());
        }
    }
}
