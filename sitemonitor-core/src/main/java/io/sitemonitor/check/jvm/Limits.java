package io.sitemonitor.check.jvm;

import io.sitemonitor.check.CheckResult;
import org.jspecify.annotations.Nullable;

/** From where on a number is not well, and from where on it is bad. */
record Limits(
        @Nullable Double warnBelow,
        @Nullable Double failBelow,
        @Nullable Double warnAbove,
        @Nullable Double failAbove) {

    static final Limits NONE = new Limits(null, null, null, null);

    Limits {
        requireOrder("failBelow", failBelow, "warnBelow", warnBelow);
        requireOrder("warnAbove", warnAbove, "failAbove", failAbove);
        requireOrder("failBelow", failBelow, "warnAbove", warnAbove);
        requireOrder("failBelow", failBelow, "failAbove", failAbove);
        requireOrder("warnBelow", warnBelow, "warnAbove", warnAbove);
        requireOrder("warnBelow", warnBelow, "failAbove", failAbove);
    }

    static Limits above(double warn, double fail) {
        return new Limits(null, null, warn, fail);
    }

    static Limits below(double warn, double fail) {
        return new Limits(warn, fail, null, null);
    }

    private static void requireOrder(String lower, @Nullable Double less, String upper, @Nullable Double more) {
        if (less != null && more != null && less >= more) {
            throw new IllegalStateException(
                    lower + " must be less than " + upper + ", but they were " + less + " and " + more);
        }
    }

    Limits warnBelow(double limit) {
        return new Limits(limit, failBelow, warnAbove, failAbove);
    }

    Limits failBelow(double limit) {
        return new Limits(warnBelow, limit, warnAbove, failAbove);
    }

    Limits warnAbove(double limit) {
        return new Limits(warnBelow, failBelow, limit, failAbove);
    }

    Limits failAbove(double limit) {
        return new Limits(warnBelow, failBelow, warnAbove, limit);
    }

    CheckResult judge(double value, Unit unit, String text) {
        if (failAbove != null && value > failAbove) {
            return CheckResult.fail(text + ", more than " + unit.text(failAbove));
        }
        if (failBelow != null && value < failBelow) {
            return CheckResult.fail(text + ", less than " + unit.text(failBelow));
        }
        if (warnAbove != null && value > warnAbove) {
            return CheckResult.warn(text + ", more than " + unit.text(warnAbove));
        }
        if (warnBelow != null && value < warnBelow) {
            return CheckResult.warn(text + ", less than " + unit.text(warnBelow));
        }
        return CheckResult.pass(text);
    }
}
