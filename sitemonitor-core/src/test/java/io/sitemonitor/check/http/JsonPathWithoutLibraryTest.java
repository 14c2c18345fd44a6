package io.sitemonitor.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sitemonitor.WithoutLibrary;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class JsonPathWithoutLibraryTest {

    @Test
    void saysWhatIsMissing() throws Exception {
        ClassLoader withoutJsonPath = new WithoutLibrary("com.jayway.jsonpath.");
        Class<?> body = Class.forName(BodyExpectation.class.getName(), true, withoutJsonPath);
        Class<?> value = Class.forName(ValueExpectation.class.getName(), true, withoutJsonPath);
        Object present = value.getMethod("present").invoke(null);
        Method jsonPath = body.getMethod("jsonPath", String.class, value);

        Throwable thrown = catchThrowable(() -> jsonPath.invoke(null, "$.status", present));

        assertThat(body).isNotSameAs(BodyExpectation.class);
        assertThat(thrown)
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("jsonPath needs com.jayway.jsonpath:json-path on the class path");
    }
}
