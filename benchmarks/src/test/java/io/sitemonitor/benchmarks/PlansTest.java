package io.sitemonitor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlansTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everySideHasACommandLineThatIsUnderstood(boolean quick) throws Exception {
        for (Plan plan : Plans.all(quick)) {
            for (Plan.Side side : plan.sides()) {
                List<String> line = new ArrayList<>(side.load());
                if (side.targets() != null) {
                    line.addAll(List.of("--targets", "t", "--server", "http://127.0.0.1:1"));
                }
                assertThat(LoadOptions.parse(line))
                        .as(plan.name() + " " + side.name())
                        .isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ratiosAndWhatIsAskedForNameSidesThatRan(boolean quick) {
        for (Plan plan : Plans.all(quick)) {
            Set<String> ran = new HashSet<>();
            for (Plan.Side side : plan.sides()) {
                if (side.asks() != null) {
                    assertThat(ran).as(plan.name()).contains(side.asks().side());
                }
                assertThat(ran.add(side.name()))
                        .as(plan.name() + " " + side.name())
                        .isTrue();
            }
            assertThat(plan.ratios())
                    .as(plan.name())
                    .allSatisfy(ratio -> assertThat(ran).contains(ratio.side(), ratio.over()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"steady", "steady-1000,", ""})
    void refusesALoadThatThereIsNot(String names) {
        assertThatThrownBy(() -> Compare.chosen(Plans.all(true), names))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("there is no load '")
                .hasMessageEndingWith("'; there are steady-1000, steady-10000, full-speed, hanging-10, hanging-50,"
                        + " flipping-100, all-down-10000, empty, idle-100000, million");
    }
}
