package io.sitemonitor.check.icmp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ping command of this machine and how it wants to be called.
 *
 * @param program the program, for IPv6 too if there is none of its own
 * @param program6 the one for IPv6, where there are two; or null
 * @param style whose options it knows
 */
record PingCommand(Path program, @Nullable Path program6, Style style) {

    /** Whose options a command knows. */
    enum Style {
        /** Those of iputils, which BusyBox has too: {@code -W} in seconds. */
        LINUX,
        /** Those of macOS and the BSDs: {@code -W} in milliseconds, and nothing like it for IPv6. */
        BSD,
        /** Those of Windows: {@code -n} is the number of pings. */
        WINDOWS
    }

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration START = Duration.ofMillis(100);

    /** Only places that belong to the system: a search path might lead to somebody else's ping. */
    private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

    /** Returns the command of this machine, or null if it has none. */
    static @Nullable PingCommand find() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            String root = System.getenv("SystemRoot");
            Path program = root == null ? null : Path.of(root, "System32", "PING.EXE");
            return program != null && Files.isExecutable(program)
                    ? new PingCommand(program, null, Style.WINDOWS)
                    : null;
        }
        Path program = executable("ping");
        Style style = system.contains("mac") || system.contains("bsd") ? Style.BSD : Style.LINUX;
        return program == null ? null : new PingCommand(program, executable("ping6"), style);
    }

    private static @Nullable Path executable(String name) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Returns the command line. The only thing in it that is not fixed is an address written in figures. */
    List<String> line(InetAddress address, int count, Duration time) {
        boolean six = !(address instanceof Inet4Address);
        Path called = six && program6 != null ? program6 : program;
        long wait = wait(count, time).toSeconds();
        Stream<String> options = switch (style) {
            case LINUX -> Stream.of("-n", "-c", "" + count, "-W", "" + wait);
            case BSD ->
                six ? Stream.of("-n", "-c", "" + count) : Stream.of("-n", "-c", "" + count, "-W", "" + wait * 1000);
            case WINDOWS -> Stream.of("-n", "" + count, "-w", "" + wait * 1000);
        };
        List<String> line = new ArrayList<>();
        line.add(called.toString());
        options.forEach(line::add);
        line.add(address.getHostAddress());
        return List.copyOf(line);
    }

    /** A ping goes out each second; whatever time there is beyond that is for the answer to the last. */
    private static Duration wait(int count, Duration time) {
        Duration rest = time.minus(START).minusSeconds(count - 1L);
        if (rest.compareTo(LONGEST_WAIT) > 0) {
            return LONGEST_WAIT;
        }
        return rest.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : rest;
    }
}
