package io.sitemonitor.check.icmp;

import io.sitemonitor.check.CheckResult;
import org.jspecify.annotations.Nullable;

/** How many of a hundred pings may be lost. */
record LossLimits(@Nullable Integer warnAbove, @Nullable Integer failAbove) {

    static final LossLimits NONE = new LossLimits(null, null);

    private static final int MOST = 99;

    LossLimits {
        if (warnAbove != null && failAbove != null && warnAbove >= failAbove) {
            throw new IllegalStateException(
                    "warnAboveLoss must be less than failAboveLoss, but they were " + warnAbove + " and " + failAbove);
        }
    }

    LossLimits warn(int percent) {
        return new LossLimits(require("warnAboveLoss", percent), failAbove);
    }

    LossLimits fail(int percent) {
        return new LossLimits(warnAbove, require("failAboveLoss", percent));
    }

    @Nullable
    CheckResult judge(int answered, int count) {
        int lost = count - answered;
        if (failAbove != null && lost * 100 > failAbove * count) {
            return CheckResult.fail(lost(lost, count, failAbove));
        }
        return warnAbove != null && lost * 100 > warnAbove * count
                ? CheckResult.warn(lost(lost, count, warnAbove))
                : null;
    }

    private static String lost(int lost, int count, int percent) {
        return lost + " of " + count + " pings are lost, more than " + percent + " %";
    }

    private static int require(String option, int percent) {
        if (percent < 0 || percent > MOST) {
            throw new IllegalArgumentException(option + " must be from 0 to " + MOST + " %, but was " + percent);
        }
        return percent;
    }
}
