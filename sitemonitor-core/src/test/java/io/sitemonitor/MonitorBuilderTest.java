package io.sitemonitor;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.target.Targets;
import io.sitemonitor.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MonitorBuilderTest {

    private final Check check = context -> CheckResult.pass();
    private final MonitorBuilder builder = Monitor.named("shop");

    @Test
    void rejectsSecondCheckWithSameName() {
        builder.check("storefront", check);
        refuses(
                () -> builder.check("storefront", check),
                "monitor 'shop' has two checks named 'storefront'; names must be unique");
    }

    @Test
    void namesTheCheckWhoseOptionIsWrong() {
        refuses(
                () -> builder.check("storefront", check, c -> c.downAfter(0)),
                "downAfter must be at least 1, but was 0 (check 'storefront')");
        refuses(
                () -> builder.check("storefront", check, c -> c.every(Duration.ZERO)),
                "every must be at least PT0.1S, but was PT0S (check 'storefront')");
        refuses(
                () -> builder.check("storefront", check, c -> c.timeout(ofHours(2))),
                "timeout must be at most PT1H, but was PT2H (check 'storefront')");
    }

    @Test
    void refusesNamesThatAreNone() {
        refuses(() -> Monitor.named(" "), "the name of a monitor must not be empty");
        refuses(() -> builder.check("", check), "the name of a check must not be empty");
        refuses(
                () -> builder.check("a\nb", check),
                "the name of a check must not begin or end with a space or contain control characters, but was 'a b'");
    }

    @Test
    void refusesWrongOptionsOfTheMonitor() {
        refuses(() -> builder.warmUp(ofSeconds(-1)), "warmUp must be from PT0S to PT1H, but was PT-1S");
        refuses(() -> builder.closeWithin(ofHours(2)), "closeWithin must be from PT0S to PT1H, but was PT2H");
        refuses(() -> builder.maxConcurrentRuns(0), "maxConcurrentRuns must be from 1 to 100000, but was 0");
        refuses(
                () -> builder.targets(() -> new Targets(List.of(), List.of()), ofMillis(1)),
                "every must be at least PT0.1S, but was PT0.001S");
    }

    @Test
    void refusesWrongOptionsOfAnAlertListener() {
        refuses(
                () -> builder.alert(alert -> {}, p -> p.kinds(AlertKind.RECOVERED)),
                "kinds takes DOWN, DEGRADED, FLAPPING and ISOLATED, but was RECOVERED; it follows by itself");
        refuses(
                () -> builder.alert(alert -> {}, p -> p.retry(ofSeconds(10), ofSeconds(1))),
                "the first retry must not be later than the longest, PT1S, but was PT10S");
        refuses(() -> builder.alert(alert -> {}, p -> p.capacity(0)), "capacity must be from 1 to 1000000, but was 0");
        builder.alert(alert -> {}, p -> p.named("mail"));
        refuses(
                () -> builder.alert(alert -> {}, p -> p.named("mail")),
                "monitor 'shop' has two alert listeners named 'mail'; names must be unique");
    }

    @Test
    void refusesWrongDefaultsAtOnce() {
        refuses(() -> builder.defaults(c -> c.upAfter(0)), "upAfter must be at least 1, but was 0");
    }

    @Test
    void defaultsHoldUnlessACheckSaysOtherwise() {
        Monitor monitor = builder.runOn(ManualTime.startingAt(Instant.EPOCH))
                .defaults(c -> c.every(ofSeconds(7)).downAfter(5))
                .check("a", check)
                .check("b", check, c -> c.downAfter(2))
                .start();
        CheckSnapshot a = monitor.snapshot().check("a").orElseThrow();
        CheckSnapshot b = monitor.snapshot().check("b").orElseThrow();
        assertThat(a.settings().thresholds().downAfter()).isEqualTo(5);
        assertThat(b.settings().thresholds().downAfter()).isEqualTo(2);
        assertThat(b.settings().schedule().interval()).isEqualTo(ofSeconds(7));
        monitor.close();
    }

    @Test
    void buildTouchesNothing() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Monitor monitor = builder.check("a", check).build();
        Set<Thread> made = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().startsWith("sitemonitor"))
                .collect(Collectors.toSet());
        assertThat(made).isEmpty();
        assertThat(monitor.snapshot().running()).isFalse();
        monitor.close();
    }

    @Test
    void checksCanBeAddedBeforeTheStart() {
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        Monitor monitor = builder.runOn(time).build();
        monitor.add("late", check);
        assertThat(monitor.checks()).containsExactly("late");
        monitor.start();
        time.advance(ofSeconds(10));
        assertThat(monitor.isUp("late")).isTrue();
        monitor.close();
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
