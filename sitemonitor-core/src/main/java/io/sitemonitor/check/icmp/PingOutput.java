package io.sitemonitor.check.icmp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a ping command has written: how long each answer took, and what it has to complain of. It is read line by line,
 * since the summary at the end is different everywhere, and missing if the command was ended before.
 *
 * @param times how long each answer took
 * @param trouble what the command says is wrong here, on this machine; null if nothing
 * @param noWay what it says of a host to which there is no way; null if nothing
 * @param isSilence whether it says that all is lost
 * @param firstLine the first line that is not empty, for what nobody understands
 */
record PingOutput(
        List<Duration> times,
        @Nullable String trouble,
        @Nullable String noWay,
        boolean isSilence,
        String firstLine) {

    /** One in a line is an answer; several, as in the summary of Windows, are not. In Spanish there is no s. */
    private static final Pattern TIME = Pattern.compile("[=<]\\s?(\\d{1,7}(?:[.,]\\d{1,6})?)\\s?ms?\\b");

    private static final Pattern NOTHING = Pattern.compile("\\b100(?:[.,]0{1,6})?\\s?%");

    private static final List<String> TROUBLES =
            List.of("not permitted", "permission denied", "lacking privilege", "must be root", "are you root");

    static PingOutput read(String text) {
        List<Duration> times = new ArrayList<>();
        String trouble = null;
        String noWay = null;
        String first = "";
        for (String raw : text.split("\\R")) {
            String line = raw.strip();
            String lower = line.toLowerCase(Locale.ROOT);
            first = first.isEmpty() ? line : first;
            if (trouble == null && TROUBLES.stream().anyMatch(lower::contains)) {
                trouble = line;
            }
            if (noWay == null && (lower.contains("unreachable") || lower.contains("no route to host"))) {
                noWay = line;
            }
            Duration time = lower.contains("dup!") ? null : time(line);
            if (time != null) {
                times.add(time);
            }
        }
        return new PingOutput(
                List.copyOf(times), trouble, noWay, NOTHING.matcher(text).find(), first);
    }

    private static @Nullable Duration time(String line) {
        Matcher matcher = TIME.matcher(line);
        if (!matcher.find()) {
            return null;
        }
        double millis = Double.parseDouble(matcher.group(1).replace(',', '.'));
        return matcher.find() ? null : Duration.ofNanos(Math.round(millis * 1_000_000));
    }

    /** Returns the mean of the times, of which there must be one. */
    Duration average() {
        return times.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(times.size());
    }
}
