package io.sitemonitor.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a directory of results says as a page. */
public final class Report {

    private static final double NANOS_A_MICRO = 1_000;

    /** The figures of a side, in the order of the page: its name in the file, in the page, and how many decimals. */
    private record Column(String key, String title, int decimals) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("runsPerSecond", "runs/s", 0),
            new Column("cpuMicrosPerCheck", "CPU µs a check", 1),
            new Column("allocatedBytesPerCheck", "bytes a check", 0),
            new Column("latenessP50Ms", "late p50 ms", 2),
            new Column("latenessP99Ms", "late p99 ms", 2),
            new Column("driftPercent", "drift %", 4),
            new Column("lost", "lost", 0),
            new Column("failures", "failures", 0),
            new Column("liveBytesPerCheck", "live bytes a check", 0),
            new Column("threadsPeak", "threads", 0),
            new Column("startMs", "start ms", 0),
            new Column("alertP50Ms", "alert p50 ms", 2),
            new Column("alertP99Ms", "alert p99 ms", 2),
            new Column("alertFirstMs", "first alert ms", 2),
            new Column("announceMaxMs", "slowest alert ms", 0),
            new Column("alertsOutOfOrder", "out of order", 0),
            new Column("serverCpuMicrosPerRequest", "server µs", 1),
            new Column("stolenPercent", "stolen %", 1));

    private static final List<Column> RATIOS = List.of(
            new Column("cpuMicrosPerCheck", "CPU a check", 2),
            new Column("runsPerSecond", "throughput", 2),
            new Column("allocatedBytesPerCheck", "allocation", 2),
            new Column("liveBytesPerCheck", "live heap", 2),
            new Column("latenessP99Ms", "late p99", 2));

    private static final JsonMapper MAPPER = new JsonMapper();

    private Report() {}

    /**
     * Writes {@code summary.md} into a directory of results.
     *
     * @param args the directory
     * @throws IOException if it cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]));
    }

    static void write(Path results) throws IOException {
        StringBuilder page = new StringBuilder();
        boolean first = true;
        for (JsonNode load : loads(results)) {
            if (first) {
                page.append("# ").append(load.path("date").asString()).append(", sitemonitor ");
                page.append(load.path("sitemonitor").asString()).append("\n\n").append(machine(load));
                first = false;
            }
            describe(load, page);
        }
        Path jmh = results.resolve("jmh.json");
        if (Files.exists(jmh)) {
            pieces(MAPPER.readTree(Files.readString(jmh)), page);
        }
        Files.writeString(results.resolve("summary.md"), page);
    }

    /** Returns the loads of a directory in the order in which they are planned. */
    static List<JsonNode> loads(Path results) throws IOException {
        List<JsonNode> loads = new ArrayList<>();
        for (Plan plan : Plans.all(false)) {
            Path file = results.resolve(plan.name() + ".json");
            if (Files.exists(file)) {
                loads.add(MAPPER.readTree(Files.readString(file)));
            }
        }
        return loads;
    }

    /** Returns the quotient of a figure of two sides in each round that has both. */
    static double[] ratios(JsonNode load, String side, String over, String figure) {
        return Stream.of(load.path("rounds").valueStream().toArray(JsonNode[]::new))
                .filter(round -> round.path(side).path(figure).isNumber()
                        && round.path(over).path(figure).asDouble(0) > 0)
                .mapToDouble(round -> round.path(side).path(figure).asDouble()
                        / round.path(over).path(figure).asDouble())
                .toArray();
    }

    private static String machine(JsonNode load) {
        return load.path("jdk").asString() + "; OkHttp " + load.path("okhttp").asString() + "; "
                + load.path("os").asString() + "; " + load.path("processors").asInt() + " × "
                + load.path("processor").asString() + "; "
                + load.path("memoryMegabytes").asInt() + " MB.\n\n"
                + "Medians of the rounds, with the least and the greatest in brackets.\n";
    }

    private static void describe(JsonNode load, StringBuilder page) {
        JsonNode rounds = load.path("rounds");
        List<String> sides = new ArrayList<>(rounds.path(0).propertyNames());
        page.append("\n## ").append(load.path("load").asString()).append("\n\n");
        page.append(load.path("about").asString()).append(' ').append(rounds.size());
        page.append(rounds.size() == 1 ? " round.\n\n" : " rounds.\n\n");
        row(page, "", sides);
        row(page, "---", sides.stream().map(side -> "---:").toList());
        for (Column column : COLUMNS) {
            List<String> cells = sides.stream()
                    .map(side -> cell(
                            rounds.valueStream()
                                    .map(round -> round.path(side).path(column.key()))
                                    .filter(JsonNode::isNumber)
                                    .mapToDouble(JsonNode::asDouble)
                                    .toArray(),
                            column.decimals()))
                    .toList();
            if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                row(page, column.title(), cells);
            }
        }
        if (load.path("ratios").isEmpty()) {
            return;
        }
        page.append('\n');
        row(page, "ratio", RATIOS.stream().map(Column::title).toList());
        row(page, "---", RATIOS.stream().map(column -> "---:").toList());
        for (JsonNode ratio : load.path("ratios")) {
            String side = ratio.path("side").asString();
            String over = ratio.path("over").asString();
            row(
                    page,
                    side + " / " + over,
                    RATIOS.stream()
                            .map(column -> cell(ratios(load, side, over, column.key()), column.decimals()))
                            .toList());
        }
    }

    private static void pieces(JsonNode jmh, StringBuilder page) {
        page.append("\n## Pieces\n\n");
        row(page, "benchmark", List.of("ns", "±", "bytes"));
        row(page, "---", List.of("---:", "---:", "---:"));
        for (JsonNode piece : jmh) {
            String name = piece.path("benchmark").asString();
            StringBuilder title = new StringBuilder(name.substring(name.indexOf(".jmh.") + 5));
            piece.path("params")
                    .properties()
                    .forEach(param -> title.append(", ")
                            .append(param.getKey())
                            .append(' ')
                            .append(param.getValue().asString()));
            JsonNode metric = piece.path("primaryMetric");
            JsonNode error = metric.path("scoreError");
            double scale = metric.path("scoreUnit").asString("").equals("us/op") ? NANOS_A_MICRO : 1;
            row(
                    page,
                    title.toString(),
                    List.of(
                            decimal(scale * metric.path("score").asDouble(), 1),
                            error.isNumber() ? decimal(scale * error.asDouble(), 1) : "",
                            decimal(
                                    piece.path("secondaryMetrics")
                                            .path("gc.alloc.rate.norm")
                                            .path("score")
                                            .asDouble(),
                                    0)));
        }
    }

    private static String cell(double[] values, int decimals) {
        Double median = Statistics.median(values);
        Double least = Statistics.percentile(values, 0);
        Double greatest = Statistics.percentile(values, 100);
        if (median == null || least == null || greatest == null) {
            return "";
        }
        String middle = decimal(median, decimals);
        return values.length == 1
                ? middle
                : middle + " (" + decimal(least, decimals) + "–" + decimal(greatest, decimals) + ")";
    }

    private static String decimal(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static void row(StringBuilder page, String first, List<String> cells) {
        page.append("| ")
                .append(first)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }
}
