package io.sitemonitor;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.IncidentOpened;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingListener;
import io.sitemonitor.testing.ScriptedCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Drestarts.seed} takes other histories, {@code -Drestarts.count} more of them; a database gets a tenth. */
@Timeout(300)
@DisplayName("P1, P2, P3: random histories with processes that end at any moment")
class RestartHistoriesTest {

    private static final long SEED = Long.getLong("restarts.seed", 20_261_123);
    private static final int COUNT = Integer.getInteger("restarts.count", 500);
    private static final int CHECKS = 3;
    private static final int STEPS = 60;

    /** Two listeners, of which one fails half of the time, over all processes. */
    private static final class World {

        final Random random;
        final Map<String, List<Alert>> got = new HashMap<>();
        final Set<String> incidents = new LinkedHashSet<>();
        final List<ScriptedCheck> checks = new ArrayList<>();
        final Shelf shelf;
        ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));
        RecordingListener events = new RecordingListener();

        World(long seed, Shelf shelf) {
            this.shelf = shelf;
            random = new Random(seed);
            for (int i = 0; i < CHECKS; i++) {
                checks.add(ScriptedCheck.passing());
            }
        }

        Monitor start() {
            MonitorBuilder builder = Monitor.named("test")
                    .runOn(time)
                    .warmUp(Duration.ZERO)
                    .store(shelf)
                    .listener(events)
                    .alert(listener("steady", 0), p -> p.named("steady"))
                    .alert(listener("flaky", 2), p -> p.named("flaky"));
            for (int i = 0; i < CHECKS; i++) {
                builder.check(
                        "check" + i, checks.get(i), c -> c.every(ofSeconds(10)).flapAfter(0, ofSeconds(600)));
            }
            return builder.start();
        }

        AlertListener listener(String name, int failsOneIn) {
            List<Alert> its = got.computeIfAbsent(name, key -> new ArrayList<>());
            return alert -> {
                if (failsOneIn > 0 && random.nextInt(failsOneIn) == 0) {
                    throw new IOException("away");
                }
                its.add(alert);
            };
        }

        void restart(Monitor old) throws Exception {
            boolean killed = random.nextBoolean();
            if (killed) {
                shelf.kill();
            } else {
                old.close();
            }
            note();
            time = ManualTime.startingAt(time.now().plusSeconds(random.nextInt(300)));
            events = new RecordingListener();
        }

        void note() {
            events.events(IncidentOpened.class)
                    .forEach(opened -> incidents.add(opened.incident().id()));
        }

        void step() {
            if (random.nextInt(3) == 0) {
                ScriptedCheck check = checks.get(random.nextInt(CHECKS));
                switch (random.nextInt(4)) {
                    case 0, 1 -> check.fails("away");
                    case 2 -> check.gives(CheckResult.warn("slow"));
                    default -> check.passes();
                }
            }
            if (random.nextInt(15) == 0) {
                shelf.failWith(random.nextBoolean() ? new IOException("no room") : null);
            }
            time.advance(Duration.ofMillis(random.nextInt(40_000)));
        }

        void calm() {
            shelf.failWith(null);
            checks.forEach(ScriptedCheck::passes);
            time.advance(Duration.ofHours(3));
            note();
        }
    }

    @Test
    void inMemory() throws Exception {
        nothingIsLostAndNothingIsToldTwice(COUNT, MemoryShelf::new);
    }

    @Test
    void inH2() throws Exception {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        h2.setUser("sa");
        try (Connection keepAlive = h2.getConnection()) {
            nothingIsLostAndNothingIsToldTwice(Math.max(1, COUNT / 10), () -> new JdbcShelf(h2));
            assertThat(keepAlive.isValid(1)).isTrue();
        }
    }

    @Test
    @DisplayName("In the files of an H2 database of this process")
    void inFilesOfH2(@TempDir Path directory) throws Exception {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:" + directory.resolve("kept") + ";WRITE_DELAY=0");
        h2.setUser("sa");
        nothingIsLostAndNothingIsToldTwice(Math.max(1, COUNT / 100), () -> new JdbcShelf(h2));
    }

    private static void nothingIsLostAndNothingIsToldTwice(int count, Supplier<Shelf> shelves) throws Exception {
        int told = 0;
        for (int i = 0; i < count; i++) {
            World world = new World(SEED + i, shelves.get());
            Monitor monitor = world.start();
            for (int step = 0; step < STEPS; step++) {
                world.step();
                if (world.random.nextInt(10) == 0) {
                    world.shelf.failWith(null);
                    world.time.advance(ofSeconds(61)); // what is owed to the store has been paid
                    world.restart(monitor);
                    monitor = world.start();
                }
            }
            world.calm();
            assertThat(world.shelf.size("test")).as("seed %d", SEED + i).isZero();
            for (String listener : List.of("steady", "flaky")) {
                told += judge("seed " + (SEED + i) + " " + listener, world, world.got.get(listener));
            }
            monitor.close();
        }
        assertThat(told).isGreaterThan(count * 4);
    }

    private static int judge(String what, World world, List<Alert> alerts) {
        Map<String, String> open = new HashMap<>();
        Set<String> downs = new LinkedHashSet<>();
        Set<String> ids = new HashSet<>();
        for (Alert alert : alerts) {
            assertThat(ids.add(alert.id())).as("%s twice: %s", what, alert).isTrue();
            String of = alert.check() + (alert.kind().name().contains("DEGRAD") ? " degraded" : "");
            if (alert.kind().isClosing()) {
                assertThat(open.remove(of)).as("%s closes: %s", what, alert).isEqualTo(alert.incidentId());
            } else {
                assertThat(open.put(of, alert.incidentId()))
                        .as("%s opens: %s", what, alert)
                        .isNull();
            }
            if (alert.kind() == AlertKind.DOWN) {
                downs.add(alert.incidentId());
            }
        }
        assertThat(open).as(what).isEmpty();
        assertThat(downs).as(what).isEqualTo(world.incidents);
        return alerts.size();
    }
}
