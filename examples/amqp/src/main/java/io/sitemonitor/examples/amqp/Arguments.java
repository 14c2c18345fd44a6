package io.sitemonitor.examples.amqp;

import io.sitemonitor.amqp.AmqpAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command line says. Immutable. */
record Arguments(Command command, AmqpAddress broker, Map<String, String> sites, Optional<Path> incidentLog) {

    static final String HELP = """
            usage: java -jar sitemonitor-amqp-example.jar produce --broker URI [name=URL ...]
                   java -jar sitemonitor-amqp-example.jar consume --broker URI [--incident-log FILE]

              produce    watches sites and publishes their alerts; without sites, a demo check that fails now and then
              consume    takes alerts from the queue and shows them
              --broker   RabbitMQ, as amqp://user:password@host:5672/
              --incident-log  writes one line for each alert, too

            Both end at Ctrl-C. A wrong command line ends with status 2.
            """;

    enum Command {
        PRODUCE,
        CONSUME
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is wrong; says what would be right
     */
    static Arguments parse(String... args) {
        Command command = switch (args.length == 0 ? "" : args[0]) {
            case "produce" -> Command.PRODUCE;
            case "consume" -> Command.CONSUME;
            case "" -> throw new IllegalArgumentException("say produce or consume; see --help");
            default -> throw new IllegalArgumentException("say produce or consume, not '" + args[0] + "'");
        };
        List<String> rest = new ArrayList<>(List.of(args).subList(1, args.length));
        String broker = take(rest, "--broker")
                .orElseThrow(() -> new IllegalArgumentException(
                        "--broker is missing, such as --broker amqp://guest:guest@localhost:5672/"));
        Optional<Path> log = take(rest, "--incident-log").map(Path::of);
        Map<String, String> sites = new LinkedHashMap<>();
        for (String site : rest) {
            int equals = site.indexOf('=');
            if (command == Command.CONSUME || site.startsWith("-") || equals < 1) {
                throw new IllegalArgumentException("'" + site + "' is unknown here; see --help");
            }
            if (sites.put(site.substring(0, equals), site.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("two sites are named '" + site.substring(0, equals) + "'");
            }
        }
        return new Arguments(command, AmqpAddress.parse(broker), sites, log);
    }

    private static Optional<String> take(List<String> args, String option) {
        int at = args.indexOf(option);
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 == args.size()) {
            throw new IllegalArgumentException(option + " needs a value; see --help");
        }
        args.remove(at);
        return Optional.of(args.remove(at));
    }
}
