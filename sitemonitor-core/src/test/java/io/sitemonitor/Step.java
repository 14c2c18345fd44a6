package io.sitemonitor;

import io.sitemonitor.check.Verdict;
import io.sitemonitor.state.Thresholds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@link History}. What is done to a check that is not there is refused, by the monitor as by the model, so
 * that any step can be left out of a history.
 */
sealed interface Step {

    /** Stands for all checks there are. */
    String ALL = "*";

    /** A remark, or an empty line. */
    record Remark(String text) implements Step {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A check is defined. Takes a millisecond, so that what was removed and what is added have different times. */
    record Add(String check, Settings settings) implements Step {
        @Override
        public String toString() {
            return "add " + check + " " + settings;
        }
    }

    /** What the runs of a check find from now on. */
    record Find(String check, Verdict verdict, long takes, boolean hangs) implements Step {
        @Override
        public String toString() {
            return "find " + check + " " + verdict + " in " + Span.text(takes) + (hangs ? " hanging" : "");
        }
    }

    /** Time passes. */
    record Advance(long nanos) implements Step {
        @Override
        public String toString() {
            return "advance " + Span.text(nanos);
        }
    }

    /** The wall clock jumps. */
    record Clock(long nanos) implements Step {
        @Override
        public String toString() {
            return "clock " + (nanos < 0 ? "" : "+") + Span.text(nanos);
        }
    }

    record Pause(String check) implements Step {
        @Override
        public String toString() {
            return "pause " + check;
        }
    }

    record Resume(String check) implements Step {
        @Override
        public String toString() {
            return "resume " + check;
        }
    }

    /** Maintenance is opened by command, of one check or {@link #ALL}. */
    record OpenMaintenance(String check, long limit, String reason) implements Step {
        @Override
        public String toString() {
            return "maintain " + check + " " + Span.text(limit) + " " + reason;
        }
    }

    record CloseMaintenance(String check) implements Step {
        @Override
        public String toString() {
            return "maintained " + check;
        }
    }

    record RunNow(String check) implements Step {
        @Override
        public String toString() {
            return "run " + check;
        }
    }

    /** The same definition is given once more. */
    record ReplaceSame(String check) implements Step {
        @Override
        public String toString() {
            return "replace " + check + " same";
        }
    }

    /** The same check with other settings. */
    record ReplaceSettings(String check, Settings settings) implements Step {
        @Override
        public String toString() {
            return "replace " + check + " settings " + settings;
        }
    }

    /** Another check with the same settings. */
    record ReplaceCheck(String check) implements Step {
        @Override
        public String toString() {
            return "replace " + check + " check";
        }
    }

    record Remove(String check) implements Step {
        @Override
        public String toString() {
            return "remove " + check;
        }
    }

    record Close() implements Step {
        @Override
        public String toString() {
            return "close";
        }
    }

    /** A planned maintenance window by the wall clock, in nanoseconds since the beginning. */
    record Window(long start, long end) {
        @Override
        public String toString() {
            return Span.text(start) + "+" + Span.text(end - start);
        }

        static Window parse(String text) {
            int plus = text.indexOf('+');
            long start = Span.parse(text.substring(0, plus));
            return new Window(start, start + Span.parse(text.substring(plus + 1)));
        }
    }

    /** Times in nanoseconds. */
    record Settings(
            long every,
            long timeout,
            long retryEvery,
            Thresholds thresholds,
            @Nullable Window window,
            List<String> parents) {

        Settings(long every, long timeout, long retryEvery, Thresholds thresholds) {
            this(every, timeout, retryEvery, thresholds, null, List.of());
        }

        Settings with(@Nullable Window other) {
            return new Settings(every, timeout, retryEvery, thresholds, other, parents);
        }

        Settings on(List<String> others) {
            return new Settings(every, timeout, retryEvery, thresholds, window, others);
        }

        @Override
        public String toString() {
            return "every=" + Span.text(every) + " timeout=" + Span.text(timeout) + " retry=" + Span.text(retryEvery)
                    + " down=" + thresholds.downAfter() + " up=" + thresholds.upAfter() + " degraded="
                    + thresholds.degradedAfter() + (window == null ? "" : " window=" + window)
                    + (parents.isEmpty() ? "" : " on=" + String.join(",", parents));
        }

        static Settings parse(String[] words, int from) {
            Map<String, String> values = new HashMap<>();
            for (int i = from; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                if (equals < 0) {
                    throw new IllegalArgumentException("'" + words[i] + "' should be a setting with its value");
                }
                values.put(words[i].substring(0, equals), words[i].substring(equals + 1));
            }
            String window = values.remove("window");
            String parents = values.remove("on");
            Settings settings = new Settings(
                    Span.parse(take(values, "every")),
                    Span.parse(take(values, "timeout")),
                    Span.parse(take(values, "retry")),
                    new Thresholds(
                            Integer.parseInt(take(values, "down")),
                            Integer.parseInt(take(values, "up")),
                            Integer.parseInt(take(values, "degraded"))),
                    window == null ? null : Window.parse(window),
                    parents == null ? List.of() : List.of(parents.split(",")));
            if (!values.isEmpty()) {
                throw new IllegalArgumentException("no settings are known as " + values.keySet());
            }
            return settings;
        }

        private static String take(Map<String, String> values, String name) {
            String value = values.remove(name);
            if (value == null) {
                throw new IllegalArgumentException("'" + name + "' is missing");
            }
            return value;
        }
    }

    static Step parse(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return new Remark(line);
        }
        String[] words = line.split(" ");
        try {
            return switch (words[0]) {
                case "add" -> new Add(words[1], Settings.parse(words, 2));
                case "find" ->
                    new Find(words[1], Verdict.valueOf(words[2]), Span.parse(words[4]), line.endsWith(" hanging"));
                case "advance" -> new Advance(Span.parse(words[1]));
                case "clock" -> new Clock(Span.parse(words[1]));
                case "pause" -> new Pause(words[1]);
                case "resume" -> new Resume(words[1]);
                case "maintain" -> new OpenMaintenance(words[1], Span.parse(words[2]), words[3]);
                case "maintained" -> new CloseMaintenance(words[1]);
                case "run" -> new RunNow(words[1]);
                case "replace" -> replacement(words);
                case "remove" -> new Remove(words[1]);
                case "close" -> new Close();
                default -> throw new IllegalArgumentException("nothing is known as '" + words[0] + "'");
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("'" + line + "' is no step: " + e.getMessage(), e);
        }
    }

    private static Step replacement(String[] words) {
        return switch (words[2]) {
            case "same" -> new ReplaceSame(words[1]);
            case "settings" -> new ReplaceSettings(words[1], Settings.parse(words, 3));
            case "check" -> new ReplaceCheck(words[1]);
            default -> throw new IllegalArgumentException("nothing is replaced by '" + words[2] + "'");
        };
    }
}
