package io.sitemonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.testing.ScriptedCheck;
import org.junit.jupiter.api.Test;

class MonitorDefinitionTest {

    private final CheckDefinition first = new CheckDefinition("shop", ScriptedCheck.passing(), CheckSettings.DEFAULT);

    private final CheckDefinition second =
            new CheckDefinition("shop", ScriptedCheck.failing("HTTP 503"), CheckSettings.DEFAULT);

    @Test
    void aCheckIsKnownAsItIsDefinedBeforeAndAfterTheStart() {
        try (Monitor monitor = Monitor.named("test").check(first).build()) {
            assertThat(monitor.definition("shop")).hasValue(first);
            assertThat(monitor.definition("other")).isEmpty();

            monitor.start();
            assertThat(monitor.definition("shop")).hasValue(first);

            monitor.put(second);
            assertThat(monitor.definition("shop")).hasValue(second);

            monitor.remove("shop");
            assertThat(monitor.definition("shop")).isEmpty();
        }
    }
}
