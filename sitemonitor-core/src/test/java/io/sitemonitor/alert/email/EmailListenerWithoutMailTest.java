package io.sitemonitor.alert.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sitemonitor.WithoutLibrary;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class EmailListenerWithoutMailTest {

    @Test
    void saysWhatIsMissing() throws Exception {
        ClassLoader withoutMail = new WithoutLibrary("jakarta.mail.", "org.eclipse.angus.");
        Class<?> listener = Class.forName(EmailListener.class.getName(), true, withoutMail);
        Method smtp = listener.getMethod("smtp", String.class);

        Throwable thrown = catchThrowable(() -> smtp.invoke(null, "smtp://mail.internal"));

        assertThat(listener).isNotSameAs(EmailListener.class);
        assertThat(thrown)
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("EmailListener needs org.eclipse.angus:angus-mail on the class path");
    }
}
