package io.sitemonitor.check.jvm;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * The file descriptors of this process. The only class that needs the module {@code jdk.management}: where that is missing,
 * calling it throws {@link NoClassDefFoundError}.
 *
 * @param open how many are open
 * @param limit how many may be open; zero or less if nobody knows
 */
record OpenFiles(long open, long limit) {

    /** Reads the numbers; null if this system has none. */
    static @Nullable OpenFiles read() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? new OpenFiles(unix.getOpenFileDescriptorCount(), unix.getMaxFileDescriptorCount())
                : null;
    }
}
