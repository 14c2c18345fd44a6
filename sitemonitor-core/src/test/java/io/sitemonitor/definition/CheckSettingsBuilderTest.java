package io.sitemonitor.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.breaker.BreakerSettings;
import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.state.FlapSettings;
import io.sitemonitor.state.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckSettingsBuilderTest {

    private static final MaintenanceWindow WINDOW =
            MaintenanceWindow.once(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-01T01:00:00Z"));

    @Test
    void beginsWithTheDefaults() {
        assertThat(new CheckSettingsBuilder().build())
                .isEqualTo(CheckSettings.DEFAULT)
                .isEqualTo(new CheckSettings(
                        Schedule.every(Duration.ofSeconds(30)),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        new Thresholds(3, 2, 3),
                        new BreakerSettings(Duration.ofSeconds(30), Duration.ofSeconds(150)),
                        Map.of(),
                        List.of(),
                        Set.of(),
                        new FlapSettings(6, Duration.ofMinutes(10)),
                        false,
                        List.of(),
                        AddressPolicy.standard()));
    }

    @Test
    void keepsEveryOption() {
        CheckSettings settings = new CheckSettingsBuilder()
                .every(Duration.ofMinutes(1))
                .timeout(Duration.ofSeconds(7))
                .retryEvery(Duration.ofSeconds(2))
                .downAfter(4)
                .upAfter(5)
                .degradedAfter(6)
                .slowDownTo(Duration.ofMinutes(9))
                .label("team", "web")
                .label("tier", "1")
                .label("team", "shop")
                .contact(" owner@shop.example ")
                .contact("owner@shop.example")
                .dependsOn("gateway", "dns")
                .dependsOn("gateway")
                .flapAfter(4, Duration.ofMinutes(5))
                .inverted()
                .maintenance(WINDOW)
                .addressPolicy(AddressPolicy.publicOnly())
                .build();

        assertThat(settings)
                .isEqualTo(new CheckSettings(
                        Schedule.every(Duration.ofMinutes(1)),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(2),
                        new Thresholds(4, 5, 6),
                        new BreakerSettings(Duration.ofMinutes(1), Duration.ofMinutes(9)),
                        Map.of("team", "shop", "tier", "1"),
                        List.of("owner@shop.example"),
                        Set.of("dns", "gateway"),
                        new FlapSettings(4, Duration.ofMinutes(5)),
                        true,
                        List.of(WINDOW),
                        AddressPolicy.publicOnly()));
    }

    @Test
    void followsUpASuspicionWithinTheIntervalIfThatIsShort() {
        assertThat(new CheckSettingsBuilder()
                        .every(Duration.ofSeconds(2))
                        .build()
                        .retryEvery())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aCalendarKeepsItsPaceWhileTheCheckIsDown() {
        Schedule daily = Schedule.daily(LocalTime.of(6, 0), ZoneOffset.UTC);
        CheckSettings settings = new CheckSettingsBuilder().schedule(daily).build();

        assertThat(settings.schedule()).isEqualTo(daily);
        assertThat(settings.retryEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.backOff()).isEqualTo(new BreakerSettings(Duration.ofDays(1), Duration.ofDays(1)));
        assertThat(new CheckSettingsBuilder()
                        .schedule(Schedule.cron("*/10 * * * *", ZoneOffset.UTC))
                        .slowDownTo(Duration.ofHours(2))
                        .build()
                        .backOff())
                .isEqualTo(new BreakerSettings(Duration.ofMinutes(10), Duration.ofMinutes(10)));
    }

    @Test
    void theLastScheduleCounts() {
        Schedule daily = Schedule.daily(LocalTime.of(6, 0), ZoneOffset.UTC);

        assertThat(new CheckSettingsBuilder()
                        .every(Duration.ofMinutes(1))
                        .schedule(daily)
                        .build()
                        .schedule())
                .isEqualTo(daily);
        assertThat(new CheckSettingsBuilder()
                        .schedule(daily)
                        .every(Duration.ofMinutes(1))
                        .build())
                .isEqualTo(new CheckSettingsBuilder()
                        .schedule(Schedule.every(Duration.ofMinutes(1)))
                        .build());
        assertThat(new CheckSettingsBuilder()
                        .from(new CheckSettingsBuilder().schedule(daily).build())
                        .every(Duration.ofSeconds(30))
                        .build())
                .as("a calendar leaves no back-off behind")
                .isEqualTo(CheckSettings.DEFAULT);
        assertThatThrownBy(() -> new CheckSettingsBuilder().schedule(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("schedule");
    }

    @Test
    void slowsDownToFiveIntervalsButNoFurtherThanFiveMinutesAndNeverBelowTheInterval() {
        assertThat(slowest(c -> c.every(Duration.ofSeconds(10)))).isEqualTo(Duration.ofSeconds(50));
        assertThat(slowest(c -> c.every(Duration.ofMinutes(2)))).isEqualTo(Duration.ofMinutes(5));
        assertThat(slowest(c -> c.every(Duration.ofHours(1)))).isEqualTo(Duration.ofHours(1));
        assertThat(slowest(c -> c.slowDownTo(Duration.ZERO))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void beginsAnewWithGivenSettings() {
        CheckSettings settings = new CheckSettingsBuilder()
                .every(Duration.ofMinutes(3))
                .timeout(Duration.ofSeconds(1))
                .retryEvery(Duration.ofSeconds(9))
                .downAfter(1)
                .upAfter(1)
                .degradedAfter(1)
                .slowDownTo(Duration.ofHours(1))
                .label("team", "web")
                .contact("+254700000000")
                .build();

        assertThat(new CheckSettingsBuilder()
                        .label("old", "gone")
                        .contact("old@shop.example")
                        .from(settings)
                        .build())
                .isEqualTo(settings);
    }

    @Test
    void acceptsTheLimitsThemselves() {
        CheckSettings least = new CheckSettingsBuilder()
                .every(Duration.ofMillis(100))
                .timeout(Duration.ofMillis(1))
                .retryEvery(Duration.ofMillis(1))
                .downAfter(1)
                .build();
        CheckSettings most = new CheckSettingsBuilder()
                .every(Duration.ofDays(366))
                .timeout(Duration.ofHours(1))
                .retryEvery(Duration.ofDays(366))
                .slowDownTo(Duration.ofDays(366))
                .downAfter(1_000)
                .label("l".repeat(320), "v".repeat(320))
                .contact("c".repeat(320))
                .build();

        assertThat(least.schedule().interval()).isEqualTo(Duration.ofMillis(100));
        assertThat(most.thresholds().downAfter()).isEqualTo(1_000);
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                wrong(c -> c.every(Duration.ZERO), "every must be at least PT0.1S, but was PT0S"),
                wrong(c -> c.every(Duration.ofMillis(99)), "every must be at least PT0.1S, but was PT0.099S"),
                wrong(c -> c.every(Duration.ofDays(367)), "every must be at most PT8784H, but was PT8808H"),
                wrong(c -> c.timeout(Duration.ZERO), "timeout must be at least PT0.001S, but was PT0S"),
                wrong(c -> c.timeout(Duration.ofMinutes(61)), "timeout must be at most PT1H, but was PT1H1M"),
                wrong(c -> c.retryEvery(Duration.ofSeconds(-1)), "retryEvery must be at least PT0.001S, but was PT-1S"),
                wrong(c -> c.retryEvery(Duration.ofDays(367)), "retryEvery must be at most PT8784H, but was PT8808H"),
                wrong(c -> c.downAfter(0), "downAfter must be at least 1, but was 0"),
                wrong(c -> c.downAfter(1_001), "downAfter must be at most 1000, but was 1001"),
                wrong(c -> c.upAfter(0), "upAfter must be at least 1, but was 0"),
                wrong(c -> c.upAfter(1_001), "upAfter must be at most 1000, but was 1001"),
                wrong(c -> c.degradedAfter(-3), "degradedAfter must be at least 1, but was -3"),
                wrong(c -> c.degradedAfter(1_001), "degradedAfter must be at most 1000, but was 1001"),
                wrong(
                        c -> c.slowDownTo(Duration.ofNanos(-1)),
                        "slowDownTo must be at least PT0S, but was PT-0.000000001S"),
                wrong(c -> c.slowDownTo(Duration.ofDays(367)), "slowDownTo must be at most PT8784H, but was PT8808H"),
                wrong(c -> c.label(" ", "web"), "the name of a label must not be empty"),
                wrong(
                        c -> c.label("team", "a\nb"),
                        "label 'team' must have at most 320 characters and no control characters, but was 'a b'"),
                wrong(
                        c -> c.label("x".repeat(321), "web"),
                        "label must have at most 320 characters and no control characters, but was '" + "x".repeat(59)
                                + "…'"),
                wrong(c -> c.contact("  "), "a contact must not be empty"),
                wrong(
                        c -> c.contact("a@b\r\nBcc: c@d"),
                        "contact must have at most 320 characters and no control characters, but was 'a@b  Bcc: c@d'"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void refusesAWrongValueAtTheSetter(Consumer<CheckSettingsBuilder> option, String message) {
        CheckSettingsBuilder builder = new CheckSettingsBuilder();

        assertThatThrownBy(() -> option.accept(builder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> nulls() {
        return Stream.of(
                wrong(c -> c.every(null), "interval"),
                wrong(c -> c.timeout(null), "timeout"),
                wrong(c -> c.retryEvery(null), "retryEvery"),
                wrong(c -> c.slowDownTo(null), "slowDownTo"),
                wrong(c -> c.label(null, "web"), "label"),
                wrong(c -> c.label("team", null), "label 'team'"),
                wrong(c -> c.contact(null), "contact"));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void refusesNull(Consumer<CheckSettingsBuilder> option, String message) {
        CheckSettingsBuilder builder = new CheckSettingsBuilder();

        assertThatThrownBy(() -> option.accept(builder))
                .isInstanceOf(NullPointerException.class)
                .hasMessage(message);
    }

    @Test
    void refusesTheThirtyThirdLabelAndContact() {
        CheckSettingsBuilder builder = new CheckSettingsBuilder();
        for (int i = 0; i < 32; i++) {
            builder.label("label-" + i, "x").contact(i + "@shop.example");
        }
        builder.label("label-0", "y").contact("0@shop.example");

        assertThatThrownBy(() -> builder.label("one more", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a check can have at most 32 labels");
        assertThatThrownBy(() -> builder.contact("one.more@shop.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a check can have at most 32 contacts");
    }

    @Test
    void givesSettingsThatLaterOptionsDoNotChange() {
        CheckSettingsBuilder builder = new CheckSettingsBuilder().label("team", "web");
        CheckSettings before = builder.build();
        builder.label("team", "shop").contact("owner@shop.example").downAfter(9);

        assertThat(before.labels()).isEqualTo(Map.of("team", "web"));
        assertThat(before.contacts()).isEmpty();
        assertThat(before.thresholds().downAfter()).isEqualTo(3);
        assertThatThrownBy(() -> before.labels().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Arguments wrong(Consumer<CheckSettingsBuilder> option, String message) {
        return Arguments.of(option, message);
    }

    private static Duration slowest(Consumer<CheckSettingsBuilder> options) {
        CheckSettingsBuilder builder = new CheckSettingsBuilder();
        options.accept(builder);
        return builder.build().backOff().longest();
    }
}
