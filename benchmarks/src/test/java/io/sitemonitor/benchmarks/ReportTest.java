package io.sitemonitor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path root;

    private static String round(double ours, double bare) {
        return "{\"sitemonitor\":{\"cpuMicrosPerCheck\":%s,\"lost\":0},\"okhttp-each\":{\"cpuMicrosPerCheck\":%s,\"lost\":null}}"
                .formatted(ours, bare);
    }

    private Path results(String name, String... rounds) throws IOException {
        Path directory = Files.createDirectories(root.resolve(name));
        Files.writeString(
                directory.resolve("steady-1000.json"),
                "{\"date\":\"2026-01-02\",\"sitemonitor\":\"0.1.0\",\"load\":\"steady-1000\",\"about\":\"A thousand.\","
                        + "\"ratios\":[{\"side\":\"sitemonitor\",\"over\":\"okhttp-each\"}],\"rounds\":["
                        + String.join(",", rounds) + "]}");
        return directory;
    }

    @Test
    void givesMediansAndTheRatiosOfEachRound() throws IOException {
        Path results = results("2026-01-02-jdk17", round(200, 100), round(120, 100), round(300, 200));
        Report.write(results);
        assertThat(Files.readString(results.resolve("summary.md")))
                .startsWith("# 2026-01-02, sitemonitor 0.1.0\n")
                .contains("\n## steady-1000\n\nA thousand. 3 rounds.\n\n|  | sitemonitor | okhttp-each |\n")
                .contains("| CPU µs a check | 200.0 (120.0–300.0) | 100.0 (100.0–200.0) |\n")
                .contains("| lost | 0 (0–0) |  |\n")
                .contains("| sitemonitor / okhttp-each | 1.50 (1.20–2.00) |");
    }

    @Test
    void showsThePieces() throws IOException {
        Path results = results("2026-01-02-jdk17", round(1, 1));
        Files.writeString(
                results.resolve("jmh.json"),
                "[{\"benchmark\":\"io.sitemonitor.benchmarks.jmh.IsUpBenchmark.isUp\",\"params\":{\"size\":\"7\"},"
                        + "\"primaryMetric\":{\"score\":6.54,\"scoreError\":\"NaN\"},"
                        + "\"secondaryMetrics\":{\"gc.alloc.rate.norm\":{\"score\":0.001}}},"
                        + "{\"benchmark\":\"io.sitemonitor.benchmarks.jmh.KindsBenchmark.http\","
                        + "\"primaryMetric\":{\"score\":90.12,\"scoreError\":1.5,\"scoreUnit\":\"us/op\"},"
                        + "\"secondaryMetrics\":{\"gc.alloc.rate.norm\":{\"score\":9000}}}]");
        Report.write(results);
        assertThat(Files.readString(results.resolve("summary.md")))
                .endsWith("| IsUpBenchmark.isUp, size 7 | 6.5 |  | 0 |\n"
                        + "| KindsBenchmark.http | 90,120.0 | 1,500.0 | 9,000 |\n");
    }

    @Test
    void drawsOneLineForEachJdkOverTheResults() throws IOException {
        results("2026-01-02-jdk17", round(200, 100));
        results("2026-01-02-jdk25", round(150, 100));
        results("2026-02-03-jdk17", round(110, 100));
        String chart = Chart.draw(root);
        assertThat(chart)
                .startsWith("<svg ")
                .endsWith("</svg>\n")
                .contains(">2026-01-02<", ">2026-02-03<", ">target 1.10<")
                .contains(">steady-1000, JDK 17: 1.10<", ">steady-1000, JDK 25: 1.50<");
        assertThat(chart.split("<circle", -1)).hasSize(4);
        assertThat(chart.split("<path", -1)).hasSize(3);
    }

    @Test
    void drawsAnEmptyChartWithoutResults() throws IOException {
        assertThat(Chart.draw(root)).startsWith("<svg ").doesNotContain("<path");
    }
}
