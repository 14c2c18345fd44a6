package io.sitemonitor.alert.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class EmailListenerWithoutMailTest {

    @Test
    void saysWhatIsMissing() throws Exception {
        Class<?> listener = Class.forName(EmailListener.class.getName(), true, new WithoutMail());
        Method smtp = listener.getMethod("smtp", String.class);

        Throwable thrown = catchThrowable(() -> smtp.invoke(null, "smtp://mail.internal"));

        assertThat(listener).isNotSameAs(EmailListener.class);
        assertThat(thrown)
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("EmailListener needs org.eclipse.angus:angus-mail on the class path");
    }

    /** The class path of the tests without a mail library. */
    private static final class WithoutMail extends ClassLoader {

        WithoutMail() {
            super(EmailListener.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("jakarta.mail.") || name.startsWith("org.eclipse.angus.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.sitemonitor.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
