package io.sitemonitor.check.dns;

import io.sitemonitor.check.RealServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts Knot DNS, which serves the zone {@code shop.example}, and Unbound, which asks it, each in a folder of its own. */
record NameServers(Path directory) {

    /** Serves a zone of these lines. */
    RealServer knot(String name, List<String> zone, String... options) throws Exception {
        Files.write(own(name).resolve("zone"), zone);
        return knot(name, "127.0.0.1", options);
    }

    /** Serves the zone as another one has it. */
    RealServer secondary(String name, RealServer primary) throws Exception {
        return knot(name, "127.0.0.1@" + primary.port(), "master: primary");
    }

    private RealServer knot(String name, String primary, String... options) throws Exception {
        Path own = own(name);
        return RealServer.start(own, "knotd", "knot", port -> {
            List<String> settings = new ArrayList<>(List.of(
                    "server:",
                    "    rundir: " + own,
                    "    listen: 127.0.0.1@" + port,
                    "database:",
                    "    storage: " + own,
                    "log:",
                    "  - target: stderr",
                    "    any: info",
                    "remote:",
                    "  - id: primary",
                    "    address: " + primary,
                    "acl:",
                    "  - id: neighbours",
                    "    address: 127.0.0.1",
                    "    action: [transfer, notify]",
                    "zone:",
                    "  - domain: shop.example",
                    "    storage: " + own,
                    "    file: zone",
                    "    acl: neighbours"));
            List.of(options).forEach(option -> settings.add("    " + option));
            Path file = Files.write(own.resolve("knot.conf"), settings);
            return List.of("-c", file.toString());
        });
    }

    /** Asks the server of the zone, and believes what is signed with a key. */
    RealServer unbound(String name, RealServer server, String key) throws Exception {
        Path own = own(name);
        return RealServer.start(own, "unbound", "unbound", port -> {
            List<String> settings = List.of(
                    "server:",
                    "    directory: \"" + own + "\"",
                    "    chroot: \"\"",
                    "    username: \"\"",
                    "    pidfile: \"" + own.resolve("pid") + "\"",
                    "    interface: 127.0.0.1",
                    "    port: " + port,
                    "    use-syslog: no",
                    "    do-not-query-localhost: no",
                    "    trust-anchor: \"" + key + "\"",
                    "remote-control:",
                    "    control-enable: no",
                    "stub-zone:",
                    "    name: shop.example",
                    "    stub-addr: 127.0.0.1@" + server.port());
            Path file = Files.write(own.resolve("unbound.conf"), settings);
            return List.of("-d", "-c", file.toString());
        });
    }

    /** Returns what is to be known of the key with which a Knot DNS signs the zone. */
    String key(String name) throws Exception {
        Path said = own(name).resolve("key");
        Process keymgr = new ProcessBuilder(
                        RealServer.program("keymgr", "knot").toString(),
                        "-c",
                        own(name).resolve("knot.conf").toString(),
                        "shop.example",
                        "ds")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!keymgr.waitFor(20, TimeUnit.SECONDS)) {
            keymgr.destroyForcibly();
        }
        String all = Files.readString(said);
        return all.lines()
                .filter(line -> line.startsWith("shop.example. DS "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no key: " + all));
    }

    private Path own(String name) throws Exception {
        return Files.createDirectories(directory.resolve(name));
    }
}
