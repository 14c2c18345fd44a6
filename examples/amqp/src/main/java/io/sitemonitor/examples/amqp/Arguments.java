package io.sitemonitor.examples.amqp;

import io.sitemonitor.amqp.AmqpBroker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command line says, taken from it piece by piece; what is left over at the end is unknown. For one thread. */
final class Arguments {

    private final List<String> rest;

    Arguments(String... args) {
        rest = new ArrayList<>(List.of(args));
    }

    /** Takes the first word, or nothing if there is none. */
    String command() {
        return rest.isEmpty() ? "" : rest.remove(0);
    }

    AmqpBroker broker() {
        return AmqpBroker.at(required("--broker", "amqp://guest:guest@localhost:5672/"));
    }

    /** Takes an option and its value. */
    String required(String option, String example) {
        return optional(option)
                .orElseThrow(
                        () -> new IllegalArgumentException(option + " is missing, such as " + option + " " + example));
    }

    Optional<String> optional(String option) {
        int at = rest.indexOf(option);
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 == rest.size()) {
            throw new IllegalArgumentException(option + " needs a value; see --help");
        }
        rest.remove(at);
        return Optional.of(rest.remove(at));
    }

    /** Takes an option that may be given several times. */
    List<String> all(String option) {
        List<String> values = new ArrayList<>();
        Optional<String> value = optional(option);
        while (value.isPresent()) {
            values.add(value.get());
            value = optional(option);
        }
        return values;
    }

    boolean flag(String option) {
        return rest.remove(option);
    }

    /** Takes all that is left as sites, in the form {@code name=URL}. */
    Map<String, String> sites() {
        Map<String, String> sites = new LinkedHashMap<>();
        while (!rest.isEmpty() && !rest.get(0).startsWith("-") && rest.get(0).indexOf('=') > 0) {
            String site = rest.remove(0);
            int equals = site.indexOf('=');
            if (sites.put(site.substring(0, equals), site.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("two sites are named '" + site.substring(0, equals) + "'");
            }
        }
        end();
        return sites;
    }

    /** Refuses what nobody has taken. */
    void end() {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("'" + rest.get(0) + "' is unknown here; see --help");
        }
    }
}
