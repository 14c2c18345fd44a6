package io.sitemonitor.examples.plain;

import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.state.FlapSettings;
import io.sitemonitor.target.TargetSource;
import io.sitemonitor.target.Targets;
import io.sitemonitor.target.file.FileTargets;
import io.sitemonitor.target.jdbc.JdbcTargets;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Puts the sites that are asked for into a monitor that is being built. */
final class Sites {

    private static final Duration READ_AGAIN = Duration.ofSeconds(5);

    private final Options options;
    private final MonitorBuilder monitor;
    private final Set<String> names = new HashSet<>();

    Sites(Options options, MonitorBuilder monitor) {
        this.options = options;
        this.monitor = monitor.defaults(options::applyTo);
    }

    void addDemo(DemoSites demo) {
        for (Map.Entry<String, String> site : demo.urls().entrySet()) {
            monitor.check(site.getKey(), HttpCheck.get(site.getValue()).warnAbove(Duration.ofMillis(300)), c -> {
                c.contact("owner@" + site.getKey() + ".example").slowDownTo(Duration.ofSeconds(2));
                if (!site.getKey().equals(DemoSites.FLAPPING)) {
                    // all of them fail in each round, so that all would flap by now and fall silent; one shows it
                    c.flapAfter(0, FlapSettings.DEFAULT.within());
                }
            });
        }
    }

    void addAll() throws UsageException {
        for (String site : options.sites) {
            add(site);
        }
        Path file = options.sitesFile;
        if (file != null) {
            FileTargets source = FileTargets.csv(file, SiteChecks::of).settings(options::applyTo);
            add(options.strict ? source.strict() : source, "--sites " + file);
        }
        if (options.jdbc != null && options.query != null) {
            requireDriver(options.jdbc);
            JdbcTargets source = JdbcTargets.query(new DriverDataSource(options.jdbc), options.query, SiteChecks::of);
            add(source.settings(options::applyTo), "--jdbc");
        }
    }

    private void add(String site) throws UsageException {
        int equals = site.indexOf('=');
        int scheme = site.indexOf("://");
        boolean named = equals > 0 && equals < scheme;
        String url = named ? site.substring(equals + 1) : site;
        try {
            String name = named ? site.substring(0, equals) : nameOf(url);
            monitor.check(CheckDefinition.of(name, SiteChecks.of(url), options::applyTo, c -> {}));
            names.add(name);
        } catch (IllegalArgumentException e) {
            String which = named ? "site '" + site.substring(0, equals) + "': " : "";
            throw new UsageException(which + e.getMessage());
        }
    }

    /** Reads a source once before anything runs, so that what cannot work is said at once; the monitor reads it again. */
    private void add(TargetSource source, String option) throws UsageException {
        Targets targets;
        try {
            targets = source.read();
        } catch (Exception e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
        for (CheckDefinition check : targets.checks()) {
            if (!names.add(check.name())) {
                throw new UsageException(option + ": a site named '" + check.name()
                        + "' is given elsewhere already; names must be unique");
            }
        }
        if (targets.checks().isEmpty()) {
            StringBuilder text = new StringBuilder(option + ": there is no site in it that can be watched");
            targets.rejected().forEach(row -> text.append("\n  ").append(row));
            throw new UsageException(text.toString());
        }
        monitor.targets(source, READ_AGAIN);
    }

    private static void requireDriver(String url) throws UsageException {
        try {
            Objects.requireNonNull(DriverManager.getDriver(url));
        } catch (SQLException e) {
            String kind = url.replaceFirst("^(jdbc:[^:/;?@]*:).*", "$1");
            throw new UsageException("--jdbc: no driver on the class path takes "
                    + (kind.equals(url) ? "this URL, which must begin with jdbc:" : kind + " URLs")
                    + "; H2 is there (jdbc:h2:...), others are added as the README says");
        }
    }

    private static String nameOf(String url) {
        try {
            URI uri = URI.create(url);
            String authority = uri.getRawAuthority();
            if (authority != null) {
                String path = uri.getPath() == null || uri.getPath().equals("/") ? "" : uri.getPath();
                return authority.substring(authority.lastIndexOf('@') + 1) + path;
            }
        } catch (IllegalArgumentException e) {
            return url; // the check says what is wrong with it
        }
        return url;
    }
}
