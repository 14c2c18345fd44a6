package io.sitemonitor.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckDefinitionTest {

    record Url(String url) implements Check {
        @Override
        public CheckResult run(CheckContext context) {
            return CheckResult.pass();
        }
    }

    @Test
    void letsOptionsGoBeforeTheBase() {
        CheckDefinition definition = CheckDefinition.of(
                "storefront", new Url("a"), base -> base.downAfter(5).upAfter(4), options -> options.upAfter(1));

        assertThat(definition.settings().thresholds().downAfter()).isEqualTo(5);
        assertThat(definition.settings().thresholds().upAfter()).isEqualTo(1);
    }

    @Test
    void isEqualIfNameCheckAndSettingsAre() {
        CheckDefinition one = definition("storefront", "a", 30);

        assertThat(one)
                .isEqualTo(definition("storefront", "a", 30))
                .hasSameHashCodeAs(definition("storefront", "a", 30));
        assertThat(one).isNotEqualTo(definition("gateway", "a", 30));
        assertThat(one).isNotEqualTo(definition("storefront", "b", 30));
        assertThat(one).isNotEqualTo(definition("storefront", "a", 31));
    }

    @Test
    void namesTheCheckWhenAnOptionRefusesItsValue() {
        assertThatThrownBy(() ->
                        CheckDefinition.of("storefront", new Url("a"), base -> {}, options -> options.downAfter(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("downAfter must be at least 1, but was 0 (check 'storefront')");
        assertThatThrownBy(() -> CheckDefinition.of(
                        "storefront", new Url("a"), base -> base.every(Duration.ZERO), options -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("every must be at least PT0.1S, but was PT0S (check 'storefront')");
    }

    @Test
    void refusesABadNameAndNull() {
        assertThatThrownBy(() -> new CheckDefinition("", new Url("a"), CheckSettings.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a check must not be empty");
        assertThatThrownBy(() -> new CheckDefinition("a", null, CheckSettings.DEFAULT))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("check");
        assertThatThrownBy(() -> new CheckDefinition("a", new Url("a"), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("settings");
    }

    static CheckDefinition definition(String name, String url, int seconds) {
        return CheckDefinition.of(
                name, new Url(url), base -> {}, options -> options.every(Duration.ofSeconds(seconds)));
    }
}
