package io.sitemonitor.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the sides of each load in turns, A B A B, each time in a new JVM, so that whatever changes about the machine
 * meanwhile concerns all sides alike; {@code --help} tells how.
 */
public final class Compare {

    static final String USAGE = """
            Compares the engine with a bare loop, load by load, and writes a JSON file for each load and a summary.

            usage: Compare [options]

              --loads A,B,...     only these loads (default: all)
              --rounds N          how often each side runs (default: 5, fewer for long loads)
              --results DIR       where to write (default: results/<date>-jdk<N>)
              --short             half as many rounds
              --quick             small, short, once: shows that everything works, and nothing else
              --list              prints the loads and ends
            """;

    private static final Set<String> OPTIONS = Set.of("--loads", "--rounds", "--results");
    private static final Set<String> FLAGS = Set.of("--short", "--quick", "--list");

    private final JsonMapper mapper =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final Children children = new Children();
    private final Path results;
    private final long rounds;
    private final boolean half;

    private Compare(Path results, long rounds, boolean half) {
        this.results = results;
        this.rounds = rounds;
        this.half = half;
    }

    /**
     * Compares what the command line asks for. The exit status is 2 if it asks for what cannot be.
     *
     * @param args the command line
     * @throws Exception if a load fails
     */
    public static void main(String[] args) throws Exception {
        CommandLine.run(USAGE, args, Compare::run);
    }

    private static void run(List<String> line) throws IOException, InterruptedException, UsageException {
        Arguments given = Arguments.parse(line, OPTIONS, FLAGS);
        boolean quick = given.has("--quick");
        List<Plan> plans = chosen(Plans.all(quick), given.text("--loads"));
        if (given.has("--list")) {
            plans.forEach(plan -> System.out.println(plan.name() + ": " + plan.about()));
            return;
        }
        String directory = given.text("--results");
        Path results = Path.of(
                directory == null
                        ? "results/" + LocalDate.now(ZoneOffset.UTC) + "-jdk"
                                + Runtime.version().feature()
                        : directory);
        Files.createDirectories(results);
        Compare compare = new Compare(results, given.number("--rounds", quick ? 1 : 5, 1, 100), given.has("--short"));
        for (Plan plan : plans) {
            compare.measure(plan);
        }
        Report.write(results);
    }

    static List<Plan> chosen(List<Plan> plans, @Nullable String names) throws UsageException {
        if (names == null) {
            return plans;
        }
        Map<String, Plan> byName = new LinkedHashMap<>();
        plans.forEach(plan -> byName.put(plan.name(), plan));
        List<Plan> chosen = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            Plan plan = byName.get(name);
            if (plan == null) {
                throw new UsageException(
                        "there is no load '" + name + "'; there are " + String.join(", ", byName.keySet()));
            }
            chosen.add(plan);
        }
        return chosen;
    }

    private void measure(Plan plan) throws IOException, InterruptedException {
        Map<List<String>, Children.Server> servers = new HashMap<>();
        ObjectNode file = Machine.describe(mapper.createObjectNode());
        file.put("load", plan.name());
        file.put("about", plan.about());
        file.putPOJO("jvmOptions", Children.options(plan.megabytes(), plan.oneCore()));
        ArrayNode ratios = file.putArray("ratios");
        for (Plan.Ratio ratio : plan.ratios()) {
            ratios.addObject().put("side", ratio.side()).put("over", ratio.over());
        }
        ArrayNode done = file.putArray("rounds");
        try {
            long planned = half ? Math.max(1, plan.rounds() / 2) : plan.rounds();
            for (int round = 0; round < Math.min(rounds, planned); round++) {
                Map<String, JsonNode> figures = new LinkedHashMap<>();
                for (Plan.Side side : plan.sides()) {
                    Children.Server server = side.targets() == null ? null : servers.get(side.targets());
                    if (server == null && side.targets() != null) {
                        server = children.serve(side.targets());
                        servers.put(side.targets(), server);
                    }
                    JsonNode measured = children.run(plan, side, server, figures);
                    figures.put(side.name(), measured);
                    System.err.println(plan.name() + " " + (round + 1) + " " + side.name() + ": " + measured);
                }
                ObjectNode all = done.addObject();
                figures.forEach(all::set);
                Files.writeString(results.resolve(plan.name() + ".json"), mapper.writeValueAsString(file) + "\n");
            }
        } finally {
            for (Children.Server server : servers.values()) {
                server.close();
            }
        }
    }
}
