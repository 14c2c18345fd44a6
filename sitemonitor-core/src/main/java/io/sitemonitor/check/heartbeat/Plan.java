package io.sitemonitor.check.heartbeat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.LineText;
import io.sitemonitor.check.internal.Wording;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is expected of a job, and how its signs are judged by it. */
record Plan(
        Due due,
        Duration grace,
        @Nullable Duration minRunTime,
        @Nullable Duration maxRunTime,
        @Nullable String description,
        TimeSource time) {

    static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);
    private static final Duration SHORTEST_RUN = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    Plan {
        if (minRunTime != null && maxRunTime != null && minRunTime.compareTo(maxRunTime) >= 0) {
            throw new IllegalStateException(
                    "minRunTime must be less than maxRunTime, but they were " + minRunTime + " and " + maxRunTime);
        }
    }

    static Plan of(Due due, Duration grace) {
        return new Plan(due, grace, null, null, null, TimeSource.system());
    }

    static Duration requireBetween(String option, Duration value, Duration shortest) {
        Objects.requireNonNull(value, option);
        if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    option + " must be from " + shortest + " to " + LONGEST + ", but was " + value);
        }
        return value;
    }

    Plan grace(Duration value) {
        requireBetween("grace", value, Duration.ZERO);
        return new Plan(due, value, minRunTime, maxRunTime, description, time);
    }

    Plan minRunTime(Duration value) {
        requireBetween("minRunTime", value, SHORTEST_RUN);
        return new Plan(due, grace, value, maxRunTime, description, time);
    }

    Plan maxRunTime(Duration value) {
        requireBetween("maxRunTime", value, SHORTEST_RUN);
        return new Plan(due, grace, minRunTime, value, description, time);
    }

    Plan describedAs(String value) {
        return new Plan(due, grace, minRunTime, maxRunTime, LineText.requireName("describedAs", value), time);
    }

    Plan time(TimeSource value) {
        return new Plan(due, grace, minRunTime, maxRunTime, description, Objects.requireNonNull(value, "time"));
    }

    /** Judges by what the job has told until now; {@code since} is when the check was first run. */
    CheckResult judge(Signs signs, Moment since, Moment now) {
        CheckResult wrong = wrong(signs, since, now);
        CheckResult result = wrong == null ? ended(signs, now) : wrong;
        return result.with(evidence(signs));
    }

    private @Nullable CheckResult wrong(Signs signs, Moment since, Moment now) {
        Signs.Failure failure = signs.failure();
        if (failure != null) {
            String told = "the job said " + Wording.span(failure.at().until(now)) + " ago that it failed";
            return CheckResult.fail(failure.reason().isEmpty() ? told : told + ": " + failure.reason());
        }
        Moment start = signs.start();
        Moment firstStart = signs.firstStart();
        if (maxRunTime != null && start != null && firstStart != null) {
            Duration running = start.until(now);
            if (running.compareTo(maxRunTime) > 0) {
                return missed("the run that began at " + start + " has been going on for " + Wording.span(running)
                        + ", longer than " + Wording.span(maxRunTime));
            }
            if (firstStart.until(now).compareTo(maxRunTime) <= 0) {
                return null;
            }
        }
        Moment beat = signs.beat();
        String missing = due.missing(beat == null ? since : beat, now, grace);
        if (missing == null) {
            return null;
        }
        return missed(missing + (beat == null ? "; none has come yet" : "; the last came at " + beat));
    }

    private static CheckResult missed(String message) {
        return CheckResult.fail(FailureKind.MISSED_HEARTBEAT, message);
    }

    private CheckResult ended(Signs signs, Moment now) {
        Moment beat = signs.beat();
        if (beat == null) {
            return CheckResult.inconclusive("no beat yet");
        }
        Duration lastRun = signs.lastRun();
        if (lastRun != null && minRunTime != null && lastRun.compareTo(minRunTime) < 0) {
            return CheckResult.fail(
                    "the last run took " + Wording.span(lastRun) + ", less than " + Wording.span(minRunTime));
        }
        if (lastRun != null && maxRunTime != null && lastRun.compareTo(maxRunTime) > 0) {
            return CheckResult.warn(
                    "the last run took " + Wording.span(lastRun) + ", longer than " + Wording.span(maxRunTime));
        }
        return CheckResult.pass("the last beat came " + Wording.span(beat.until(now)) + " ago");
    }

    private static Evidence evidence(Signs signs) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (signs.beat() != null) {
            facts.put("beat", signs.beat().toString());
        }
        if (signs.start() != null) {
            facts.put("started", signs.start().toString());
        }
        Map<String, Duration> phases = signs.lastRun() == null ? Map.of() : Map.of("run", signs.lastRun());
        return new Evidence(null, phases, facts, null);
    }
}
