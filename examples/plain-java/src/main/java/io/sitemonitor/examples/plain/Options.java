package io.sitemonitor.examples.plain;

import io.sitemonitor.definition.CheckSettingsBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
final class Options {

    static final String HELP = """
            Watches sites, and tells by broker, incident log and e-mail when they go down and come back.

            usage: java -jar sitemonitor-demo.jar [options] [site ...]

            what to watch; without any of these: demo sites that fail, slow down and recover
              site                a URL, or name=URL: http://, https:// or tcp://host:port
              --sites FILE        lines of name,url,contact,interval; read again every 5 s while running
              --strict            one bad line in FILE, and nothing runs (otherwise the good lines do)
              --jdbc URL          a database whose driver is on the class path (H2 is)
              --query SQL         gives name, url, contact and interval, in this order, for --jdbc
              --port N            the port of the demo sites (default: a free one)

            how to watch
              --every TIME        from one run to the next, as 500ms, 5s, 2m (default 5s; demo sites 1s)
              --timeout TIME      the longest a run may take (default 10s; demo sites 2s)
              --down-after N      failed runs in a row that make a site DOWN (default 3)
              --up-after N        good runs in a row that make it UP again (default 2)
              --contact ADDRESS   whom every alert concerns, beside the contact of the site

            where alerts go
              --broker URI        RabbitMQ, as amqp://user:password@host:5672/ (default: one inside this JVM)
              --require-broker    end if the broker cannot be used (otherwise alerts wait until it can)
              --incident-log FILE one line for each alert (default: a new file in the temporary folder)
              --keep FOLDER       keeps what is open for the next start (default: nothing outlives this one)
              --smtp URI          sends mail, as smtp://user:password@host:587 (default: prints it)
              --mail-from ADDRESS the sender (default sitemonitor@ and the name of this machine)

            the program itself
              --plain             lines instead of a live table, as when the output is not a terminal
              --seconds N         end after N seconds (default: at Ctrl-C)
              --hand-over TIME    how long the end waits for alerts that are still in the broker (default 2500ms)
              --help, --version

            exit status: 0 ended by --seconds, 1 something around it failed, 2 the command line or the sites
            are wrong, 130 ended by Ctrl-C, 143 by a TERM signal
            """;

    static final List<String> NAMES = List.of(
            "--sites",
            "--strict",
            "--jdbc",
            "--query",
            "--port",
            "--every",
            "--timeout",
            "--down-after",
            "--up-after",
            "--contact",
            "--broker",
            "--require-broker",
            "--incident-log",
            "--keep",
            "--smtp",
            "--mail-from",
            "--plain",
            "--seconds",
            "--hand-over",
            "--help",
            "--version");

    final List<String> sites = new ArrayList<>();

    @Nullable
    Path sitesFile;

    boolean strict;

    @Nullable
    String jdbc;

    @Nullable
    String query;

    int port;

    @Nullable
    Duration every;

    @Nullable
    Duration timeout;

    int downAfter = 3;
    int upAfter = 2;

    @Nullable
    String contact;

    @Nullable
    String broker;

    boolean requireBroker;

    @Nullable
    Path incidentLog;

    @Nullable
    Path keep;

    @Nullable
    String smtp;

    @Nullable
    String mailFrom;

    boolean plain;

    @Nullable
    Duration runFor;

    Duration handOver = Duration.ofMillis(2_500);

    boolean help;
    boolean version;

    private Options() {}

    static Options parse(String... args) throws UsageException {
        Options options = new Options();
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (!arg.startsWith("-")) {
                options.sites.add(arg);
            } else if (!options.flag(arg)) {
                requireKnown(arg);
                i++;
                if (i == args.length || args[i].startsWith("--")) {
                    throw new UsageException(arg + " needs a value; see --help");
                }
                options.value(arg, args[i]);
            }
        }
        options.requireConsistent();
        return options;
    }

    boolean isDemo() {
        return sites.isEmpty() && sitesFile == null && jdbc == null;
    }

    /** Sets what holds for every site. */
    void applyTo(CheckSettingsBuilder settings) {
        settings.downAfter(downAfter).upAfter(upAfter);
        settings.every(every != null ? every : isDemo() ? Duration.ofSeconds(1) : Duration.ofSeconds(5));
        settings.timeout(timeout != null ? timeout : Duration.ofSeconds(isDemo() ? 2 : 10));
        if (contact != null) {
            settings.contact(contact);
        }
    }

    private boolean flag(String name) {
        switch (name) {
            case "--strict" -> strict = true;
            case "--require-broker" -> requireBroker = true;
            case "--plain" -> plain = true;
            case "--help", "-h" -> help = true;
            case "--version" -> version = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void value(String name, String value) throws UsageException {
        try {
            switch (name) {
                case "--sites" -> sitesFile = Path.of(value);
                case "--jdbc" -> jdbc = value;
                case "--query" -> query = value;
                case "--port" -> port = number(value, 1, 65_535);
                case "--every" -> every = Durations.parse(value);
                case "--timeout" -> timeout = Durations.parse(value);
                case "--down-after" -> downAfter = number(value, 1, 1_000);
                case "--up-after" -> upAfter = number(value, 1, 1_000);
                case "--contact" -> contact = value;
                case "--broker" -> broker = value;
                case "--incident-log" -> incidentLog = Path.of(value);
                case "--keep" -> keep = Path.of(value);
                case "--smtp" -> smtp = value;
                case "--mail-from" -> mailFrom = value;
                case "--seconds" -> runFor = Duration.ofSeconds(number(value, 1, 31_536_000));
                case "--hand-over" -> handOver = Durations.parse(value);
                default -> throw new IllegalStateException("an option without a meaning: " + name);
            }
            applyTo(new CheckSettingsBuilder()); // the library knows what it can work with
        } catch (UsageException | IllegalArgumentException e) {
            throw new UsageException(name + ": " + e.getMessage());
        }
    }

    private static int number(String value, int least, int most) throws UsageException {
        boolean digits =
                !value.isEmpty() && value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw new UsageException(
                    "must be a whole number from " + least + " to " + most + ", but was '" + value + "'");
        }
        return number;
    }

    private void requireConsistent() throws UsageException {
        if (query != null && jdbc == null) {
            throw new UsageException("--query needs --jdbc, the database to ask");
        }
        if (jdbc != null && query == null) {
            throw new UsageException(
                    "--jdbc needs --query, such as --query \"select name, url, email, interval_seconds from sites\"");
        }
        if (strict && sitesFile == null) {
            throw new UsageException("--strict needs --sites, the file whose lines must all be good");
        }
        if (port != 0 && !isDemo()) {
            throw new UsageException("--port is for the demo sites, but other sites are given");
        }
    }

    private static void requireKnown(String name) throws UsageException {
        if (NAMES.contains(name)) {
            return;
        }
        String nearest = name;
        int distance = 4;
        for (String known : NAMES) {
            int d = distance(name, known);
            if (d < distance) {
                nearest = known;
                distance = d;
            }
        }
        String hint = distance < 4 ? "did you mean " + nearest + "?" : "see --help";
        throw new UsageException("unknown option " + name + "; " + hint);
    }

    /** Counts the letters to insert, delete or change (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
