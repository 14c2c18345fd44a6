package io.sitemonitor.check.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sitemonitor.WithoutLibrary;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class DnsCheckWithoutDnsjavaTest {

    @Test
    void saysWhatIsMissing() throws Exception {
        ClassLoader withoutDnsjava = new WithoutLibrary("org.xbill.DNS.");
        Class<?> check = Class.forName(DnsCheck.class.getName(), true, withoutDnsjava);
        Class<?> type = Class.forName(RecordType.class.getName(), true, withoutDnsjava);
        Method lookup = check.getMethod("lookup", String.class, type);

        Throwable thrown = catchThrowable(() -> lookup.invoke(null, "shop.example", type.getEnumConstants()[0]));

        assertThat(check).isNotSameAs(DnsCheck.class);
        assertThat(thrown)
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("DnsCheck needs dnsjava:dnsjava on the class path");
    }
}
