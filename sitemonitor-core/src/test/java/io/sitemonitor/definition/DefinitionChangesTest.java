package io.sitemonitor.definition;

import static io.sitemonitor.definition.CheckDefinitionTest.definition;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionChangesTest {

    private final CheckDefinition a = definition("a", "url", 30);
    private final CheckDefinition b = definition("b", "url", 30);

    @Test
    void namesWhatIsNewChangedAndGone() {
        CheckDefinition slowerB = definition("b", "url", 60);
        CheckDefinition c = definition("c", "url", 30);

        DefinitionChanges changes = DefinitionChanges.between(List.of(a, b), List.of(c, slowerB));

        assertThat(changes.added()).containsExactly(c);
        assertThat(changes.replaced()).containsExactly(slowerB);
        assertThat(changes.removed()).containsExactly("a");
        assertThat(changes.isEmpty()).isFalse();
    }

    @Test
    void isEmptyForEqualSetsInAnyOrder() {
        assertThat(DefinitionChanges.between(List.of(a, b), List.of(definition("b", "url", 30), a))
                        .isEmpty())
                .isTrue();
        assertThat(DefinitionChanges.between(List.of(), List.of()).isEmpty()).isTrue();
    }

    @Test
    void isNotEmptyIfOnlyOneOfTheListsIs() {
        assertThat(DefinitionChanges.between(List.of(), List.of(a)).isEmpty()).isFalse();
        assertThat(DefinitionChanges.between(List.of(a), List.of()).isEmpty()).isFalse();
        assertThat(DefinitionChanges.between(List.of(a), List.of(definition("a", "other", 30)))
                        .isEmpty())
                .isFalse();
    }

    @Test
    void letsTheLastOfTwoNewDefinitionsOfANameCount() {
        CheckDefinition last = definition("a", "last", 30);

        DefinitionChanges changes = DefinitionChanges.between(List.of(), List.of(a, last));

        assertThat(changes.added()).containsExactly(last);
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 20), LongStream.of(new Random().nextLong()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void leadsFromAnyOldSetToAnyNewSet(long seed) {
        Random random = new Random(seed);
        List<CheckDefinition> before = some(random);
        List<CheckDefinition> after = some(random);

        DefinitionChanges changes = DefinitionChanges.between(before, after);
        Map<String, CheckDefinition> applied = new LinkedHashMap<>();
        before.forEach(definition -> applied.put(definition.name(), definition));
        changes.removed().forEach(name -> assertThat(applied.remove(name)).isNotNull());
        changes.replaced()
                .forEach(definition -> assertThat(applied.put(definition.name(), definition))
                        .isNotNull()
                        .isNotEqualTo(definition));
        changes.added()
                .forEach(definition ->
                        assertThat(applied.put(definition.name(), definition)).isNull());

        assertThat(applied.values()).containsExactlyInAnyOrderElementsOf(after);
    }

    private static List<CheckDefinition> some(Random random) {
        List<CheckDefinition> some = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            if (random.nextBoolean()) {
                some.add(definition("check-" + i, "url-" + random.nextInt(2), 30));
            }
        }
        return some;
    }
}
