package io.sitemonitor.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Draws how the processor time of the engine, over that of the bare loop, has changed from one result to the next. */
public final class Chart {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 320;
    private static final int LEFT = 50;
    private static final int RIGHT = 210;
    private static final int TOP = 40;
    private static final int BOTTOM = 60;
    private static final double TARGET = 1.10;
    private static final List<String> COLOURS =
            List.of("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b");

    /** What is drawn of each result: a load, and over which side. */
    private record Line(String load, String over) {}

    private static final List<Line> LINES = List.of(
            new Line("steady-1000", LoadOptions.EACH),
            new Line("steady-10000", LoadOptions.EACH),
            new Line("full-speed", LoadOptions.FULL));

    /** A median at the place of its result on the axis. */
    private record Point(int place, double ratio) {}

    private Chart() {}

    /**
     * Writes {@code chart.svg} into a directory of directories of results.
     *
     * @param args the directory
     * @throws IOException if it cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        Files.writeString(root.resolve("chart.svg"), draw(root));
    }

    static String draw(Path root) throws IOException {
        List<Path> results = results(root);
        List<String> places = new ArrayList<>();
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        for (Path result : results) {
            String name = String.valueOf(result.getFileName());
            int jdk = name.lastIndexOf("-jdk");
            String place = jdk < 0 ? name : name.substring(0, jdk);
            if (!places.contains(place)) {
                places.add(place);
            }
            for (JsonNode load : Report.loads(result)) {
                for (Line line : LINES) {
                    Double ratio = ratio(load, line);
                    if (ratio != null) {
                        String title = line.load() + (jdk < 0 ? "" : ", JDK " + name.substring(jdk + 4));
                        lines.computeIfAbsent(title, t -> new ArrayList<>())
                                .add(new Point(places.indexOf(place), ratio));
                    }
                }
            }
        }
        return svg(places, lines);
    }

    private static List<Path> results(Path root) throws IOException {
        try (Stream<Path> children = Files.list(root)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static @Nullable Double ratio(JsonNode load, Line line) {
        return load.path("load").asString().equals(line.load())
                ? Statistics.median(Report.ratios(load, LoadOptions.SITEMONITOR, line.over(), "cpuMicrosPerCheck"))
                : null;
    }

    private static String svg(List<String> places, Map<String, List<Point>> lines) {
        double most = lines.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Point::ratio)
                .reduce(1.5, Math::max);
        double top = Math.ceil(most * 2) / 2;
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n"
                        .formatted(WIDTH, HEIGHT));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text(svg, LEFT, 22, "start", "#000", "CPU per check: sitemonitor over bare OkHttp (less is better)");
        for (double ratio = 0; ratio <= top; ratio += 0.5) {
            rule(svg, y(ratio, top), "#ddd", "");
            text(svg, LEFT - 8, y(ratio, top) + 4, "end", "#555", decimal(ratio));
        }
        rule(svg, y(TARGET, top), "#000", " stroke-dasharray=\"5 4\"");
        text(svg, LEFT + 4, y(TARGET, top) - 4, "start", "#000", "target " + decimal(TARGET));
        for (int place = 0; place < places.size(); place++) {
            text(svg, x(place, places.size()), HEIGHT - BOTTOM + 20, "middle", "#555", places.get(place));
        }
        int number = 0;
        for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
            String colour = COLOURS.get(number % COLOURS.size());
            line(svg, line.getValue(), places.size(), top, colour);
            List<Point> points = line.getValue();
            text(
                    svg,
                    WIDTH - RIGHT + 20,
                    TOP + 10 + 18 * number,
                    "start",
                    colour,
                    line.getKey() + ": " + decimal(points.get(points.size() - 1).ratio()));
            number++;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void line(StringBuilder svg, List<Point> points, int places, double top, String colour) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            double x = x(point.place(), places);
            double y = y(point.ratio(), top);
            path.append(path.isEmpty() ? "M" : "L")
                    .append(decimal(x))
                    .append(' ')
                    .append(decimal(y));
            svg.append("<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\"/>\n".formatted(decimal(x), decimal(y), colour));
        }
        svg.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n".formatted(path, colour));
    }

    private static void rule(StringBuilder svg, double y, String colour, String more) {
        svg.append("<line x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\" stroke=\"%s\"%s/>\n"
                .formatted(LEFT, WIDTH - RIGHT, decimal(y), decimal(y), colour, more));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String colour, String text) {
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n"
                .formatted(
                        decimal(x),
                        decimal(y),
                        anchor,
                        colour,
                        text.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private static double x(int place, int places) {
        double width = WIDTH - RIGHT - LEFT;
        return places == 1 ? LEFT + width / 2 : LEFT + 30 + (width - 60) * place / (places - 1);
    }

    private static double y(double ratio, double top) {
        return TOP + (HEIGHT - BOTTOM - TOP) * (1 - ratio / top);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
