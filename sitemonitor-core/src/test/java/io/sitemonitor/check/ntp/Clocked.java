package io.sitemonitor.check.ntp;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.DelegatingContext;
import io.sitemonitor.time.TimeSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A check on a machine whose wall clock stands still. */
record Clocked(NtpCheck check, Instant now) implements Check {

    @Override
    public CheckResult run(CheckContext context) {
        return check.run(new DelegatingContext(context) {
            @Override
            public TimeSource time() {
                return new TimeSource() {
                    @Override
                    public Instant now() {
                        return now;
                    }

                    @Override
                    public long nanos() {
                        return context.time().nanos();
                    }
                };
            }
        });
    }

    @Override
    public String kind() {
        return check.kind();
    }

    @Override
    public @Nullable String target() {
        return check.target();
    }

    @Override
    public String toString() {
        return check.toString();
    }
}
