package io.sitemonitor.check.ntp;

import io.sitemonitor.check.internal.Wording;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far two clocks may be apart. */
record OffsetLimits(@Nullable Duration warnAbove, @Nullable Duration failAbove) {

    static final OffsetLimits USUAL = new OffsetLimits(null, NtpCheck.DEFAULT_FAIL_ABOVE_OFFSET);

    static final OffsetLimits NONE = new OffsetLimits(null, null);

    OffsetLimits {
        if (warnAbove != null && failAbove != null && warnAbove.compareTo(failAbove) >= 0) {
            throw new IllegalStateException("warnAboveOffset must be less than failAboveOffset, but they were "
                    + warnAbove + " and " + failAbove);
        }
    }

    OffsetLimits warn(Duration limit) {
        return new OffsetLimits(Wording.requireLimit("warnAboveOffset", limit), failAbove);
    }

    OffsetLimits fail(Duration limit) {
        return new OffsetLimits(warnAbove, Wording.requireLimit("failAboveOffset", limit));
    }
}
