package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertPolicyBuilder;
import io.sitemonitor.schedule.MaintenanceWindow;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the policy of an alert listener of properties.
 *
 * @param property the beginning of the names of its properties, without the dot at its end
 * @param given the properties
 * @param spillOver the name of the listener that gets what is more, as the monitor knows it
 * @param calendars reads its hours
 */
record ConfiguredPolicy(
        String property, PolicyProperties given, @Nullable String spillOver, Calendars calendars) {

    /** Sets what is set; what is not keeps what the builder has. */
    void apply(AlertPolicyBuilder builder) {
        selection(builder);
        Property.set(property + ".after", given.after(), builder::after);
        Property.set(property + ".remind-every", given.remindEvery(), builder::remindEvery);
        hours(builder);
        retry(builder);
        Property.set(property + ".timeout", given.timeout(), builder::timeout);
        Property.set(property + ".expire-after", given.expireAfter(), builder::expireAfter);
        Property.set(property + ".capacity", given.capacity(), builder::capacity);
        budget(builder);
        digest(builder);
        if (given.standby()) {
            builder.standby();
        }
    }

    private void selection(AlertPolicyBuilder builder) {
        if (!given.kinds().isEmpty()) {
            AlertKind[] kinds = given.kinds().stream()
                    .map(kind -> AlertKind.valueOf(kind.name()))
                    .toArray(AlertKind[]::new);
            Property.make(property + ".kinds", kinds, all -> builder.kinds(all[0], all));
        }
        Property.set(property + ".at-least", given.atLeast(), builder::atLeast);
        if (!given.checks().isEmpty()) {
            Property.make(property + ".checks", names(given.checks()), all -> builder.checks(all[0], all));
        }
        given.labels().forEach((label, values) -> {
            String named = Property.below(property + ".labels", label);
            if (values.isEmpty()) {
                throw Property.wrong(named, "it needs a value; a check is selected that has one of them");
            }
            Property.make(named, names(values), all -> builder.label(label, all[0], all));
        });
    }

    private static String[] names(List<String> names) {
        return names.toArray(String[]::new);
    }

    private void hours(AlertPolicyBuilder builder) {
        for (int i = 0; i < given.workingHours().size(); i++) {
            String entry = property + ".working-hours[" + i + ']';
            for (MaintenanceWindow window :
                    calendars.windows(entry, given.workingHours().get(i))) {
                Property.set(entry, window, builder::workingHours);
            }
        }
    }

    private void retry(AlertPolicyBuilder builder) {
        Duration first = given.retry().first();
        Duration longest = given.retry().longest();
        if (longest == null) {
            Duration usual = builder.build().longestRetry();
            Property.set(property + ".retry.first", first, pause -> builder.retry(pause, usual));
        } else {
            Property.set(property + ".retry.first", first, pause -> builder.retry(pause, pause));
            Duration before = builder.build().firstRetry();
            Property.set(property + ".retry.longest", longest, pause -> builder.retry(before, pause));
        }
    }

    private void budget(AlertPolicyBuilder builder) {
        PolicyProperties.Budget budget = given.budget();
        String group = property + ".budget";
        if (budget.zone() != null || spillOver != null) {
            Property.required(
                    group + ".per-day", budget.perDay(), group + (spillOver == null ? ".zone" : ".spill-over"));
        }
        Property.set(
                group + ".per-day",
                budget.perDay(),
                alerts -> builder.budget(alerts, calendars.zoneOrUtc(group, budget.zone())));
        Property.set(group + ".spill-over", spillOver, builder::spillOver);
    }

    private void digest(AlertPolicyBuilder builder) {
        PolicyProperties.Digest digest = given.digest();
        String group = property + ".digest";
        if (digest.within() != null || digest.groupBy() != null) {
            Property.required(
                    group + ".more-than",
                    digest.moreThan(),
                    group + (digest.within() == null ? ".group-by" : ".within"));
        }
        if (digest.moreThan() != null) {
            Duration within = Property.required(group + ".within", digest.within(), group + ".more-than");
            // one after the other, so that the one that is refused is named
            Property.set(group + ".within", within, time -> builder.digest(1, time));
            Property.set(group + ".more-than", digest.moreThan(), alerts -> builder.digest(alerts, within));
            Property.set(group + ".group-by", digest.groupBy(), builder::groupBy);
        }
    }
}
