package io.sitemonitor.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.sitemonitor.Monitor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import okhttp3.OkHttp;
import tools.jackson.databind.node.ObjectNode;

/** What was measured on, and what was measured: never the name of the machine. */
final class Machine {

    private static final long MEGABYTE = 1024 * 1024;
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    static ObjectNode describe(ObjectNode into) throws IOException {
        String version = Monitor.class.getPackage().getImplementationVersion();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        into.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        into.put("sitemonitor", version == null ? "unknown" : version);
        into.put("okhttp", OkHttp.VERSION);
        into.put("jdk", System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
        into.put("os", system.getName() + " " + release(system.getVersion()) + " " + system.getArch());
        into.put("processor", processor());
        into.put("processors", system.getAvailableProcessors());
        into.put("memoryMegabytes", system.getTotalMemorySize() / MEGABYTE);
        into.put("loadBefore", system.getSystemLoadAverage());
        return into;
    }

    /** Returns the number of a kernel without what its builder has added. */
    static String release(String version) {
        return version.split("[^0-9.]", 2)[0];
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(PROCESSORS)) {
            return "unknown";
        }
        return Files.readAllLines(PROCESSORS).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
