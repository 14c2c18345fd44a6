package io.sitemonitor.check.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** How addresses and durations are written in the messages of checks, and what durations an option takes. */
public final class Wording {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private Wording() {}

    /**
     * Writes host and port.
     *
     * @param host a name or an address; one of IPv6 gets its brackets
     * @param port the port
     * @return such as {@code 192.0.2.7:443} or {@code [2001:db8::7]:443}
     */
    public static String address(String host, int port) {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    /**
     * Writes the address of a socket, without asking any name server.
     *
     * @param socket the address
     * @return such as {@code 192.0.2.7:443}
     */
    public static String address(InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        return address(address == null ? socket.getHostString() : address.getHostAddress(), socket.getPort());
    }

    /**
     * Writes a duration for people: milliseconds below one second, otherwise seconds with at most one decimal.
     *
     * @param duration the duration
     * @return such as {@code 412 ms}, {@code 5 s} or {@code 2.1 s}
     */
    public static String duration(Duration duration) {
        return duration(duration, UnaryOperator.identity());
    }

    /**
     * The same in another language.
     *
     * @param duration the duration
     * @param units what to write for {@code s} and {@code ms}
     * @return such as {@code 5 sek}
     */
    public static String duration(Duration duration, UnaryOperator<String> units) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " " + units.apply("ms");
        }
        long tenths = millis % 1000 / 100;
        return millis / 1000 + (tenths == 0 ? " " : "." + tenths + " ") + units.apply("s");
    }

    /**
     * Writes a duration of any length by its two largest units.
     *
     * @param duration the duration; a negative one counts as zero
     * @return such as {@code 3 d 4 h}, {@code 4 min 12 s} or {@code 350 ms}
     */
    public static String span(Duration duration) {
        return span(duration, UnaryOperator.identity());
    }

    /**
     * The same in another language.
     *
     * @param duration the duration; a negative one counts as zero
     * @param units what to write for {@code d}, {@code h}, {@code min}, {@code s} and {@code ms}
     * @return such as {@code 3 Tage 4 h}
     */
    public static String span(Duration duration, UnaryOperator<String> units) {
        if (duration.isNegative() || duration.isZero()) {
            return "0 " + units.apply("s");
        }
        if (duration.toDays() > 0) {
            return both(duration.toDays(), "d", duration.toHoursPart(), "h", units);
        }
        if (duration.toHours() > 0) {
            return both(duration.toHours(), "h", duration.toMinutesPart(), "min", units);
        }
        if (duration.toMinutes() > 0) {
            return both(duration.toMinutes(), "min", duration.toSecondsPart(), "s", units);
        }
        return duration.toSeconds() > 0
                ? duration.toSeconds() + " " + units.apply("s")
                : duration.toMillis() + " " + units.apply("ms");
    }

    private static String both(long large, String largeUnit, int small, String smallUnit, UnaryOperator<String> units) {
        String first = large + " " + units.apply(largeUnit);
        return small == 0 ? first : first + ' ' + small + ' ' + units.apply(smallUnit);
    }

    /**
     * Refuses a duration that no option of a check takes.
     *
     * @param option the name of the option, for the message
     * @param value the duration
     * @return the duration
     * @throws IllegalArgumentException if it is shorter than 1 millisecond or longer than 1 hour
     */
    public static Duration requireLimit(String option, Duration value) {
        Objects.requireNonNull(value, option);
        if (value.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(option + " must be at least " + SHORTEST + ", but was " + value);
        }
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(option + " must be at most " + LONGEST + ", but was " + value);
        }
        return value;
    }
}
