package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.check.SafeText;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains what is wrong with a property below {@code sitemonitor} when the application fails to start: the property, its
 * value, where it stands, what is wrong and what would be right. Leaves every other failure to others.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SiteMonitorFailureAnalyzer implements FailureAnalyzer {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(SiteMonitorProperties.PREFIX);
    private static final int MAX_VALUE = 200;

    private final Environment environment;

    SiteMonitorFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidPropertyException invalid) {
                return invalid(invalid, failure);
            }
            if (cause instanceof BindException bind && isOurs(bind.getName())) {
                return bind.getCause() instanceof UnboundConfigurationPropertiesException unbound
                        ? unknown(unbound, failure)
                        : unreadable(bind, failure);
            }
        }
        return null;
    }

    private FailureAnalysis invalid(InvalidPropertyException invalid, Throwable failure) {
        StringBuilder text =
                new StringBuilder("The property ").append(invalid.property()).append(" cannot be used:\n");
        describe(text, find(invalid.property()), Secrets::mayBe);
        text.append("\n    Reason: ").append(invalid.reason());
        return new FailureAnalysis(text.toString(), "Correct " + invalid.property() + ", or leave it out.", failure);
    }

    private static FailureAnalysis unknown(UnboundConfigurationPropertiesException unbound, Throwable failure) {
        StringBuilder text = new StringBuilder("There is no such property:\n");
        StringBuilder action = new StringBuilder();
        for (ConfigurationProperty property : unbound.getUnboundProperties()) {
            text.append(action.isEmpty() ? "\n" : "\n\n")
                    .append("    Property: ")
                    .append(property.getName());
            describe(text, property, Secrets::mayBeUnknown);
            KnownProperties.Advice advice = KnownProperties.adviceFor(property.getName());
            action.append(action.isEmpty() ? "" : "\n");
            if (advice.meant() != null) {
                action.append("Did you mean ").append(advice.meant()).append("? ");
            }
            if (advice.hint() != null) {
                action.append(advice.hint()).append(' ');
            }
            if (!advice.known().isEmpty()) {
                action.append("Below ")
                        .append(advice.parent())
                        .append(" there can be: ")
                        .append(String.join(", ", advice.known()))
                        .append('.');
            }
        }
        return new FailureAnalysis(text.toString(), action.toString().strip(), failure);
    }

    private FailureAnalysis unreadable(BindException bind, Throwable failure) {
        StringBuilder text =
                new StringBuilder("The property ").append(bind.getName()).append(" cannot be read:\n");
        ConfigurationProperty property = bind.getProperty();
        describe(text, property != null ? property : find(bind.getName().toString()), Secrets::mayBe);
        text.append("\n    Reason: it must be ")
                .append(expected(bind.getTarget().getType()));
        return new FailureAnalysis(text.toString(), "Correct " + bind.getName() + ", or leave it out.", failure);
    }

    private static String expected(ResolvableType given) {
        ResolvableType element = given.asCollection();
        return element == ResolvableType.NONE
                ? expected(given.resolve(Object.class))
                : "a list, of which each is " + expected(element.getGeneric());
    }

    private static String expected(Class<?> type) {
        if (type == Duration.class) {
            return "a time such as 500ms, 30s, 5m or 1h; a plain number counts in seconds";
        } else if (type == Integer.class || type == int.class) {
            return "a whole number";
        } else if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        } else if (type.isEnum()) {
            StringBuilder names = new StringBuilder("one of");
            for (Object constant : type.getEnumConstants()) {
                names.append(names.length() == 6 ? " " : ", ")
                        .append(constant.toString().toLowerCase(Locale.ROOT));
            }
            return names.toString();
        } else if (type.isRecord() || Map.class.isAssignableFrom(type)) {
            return "a group of properties, not a single value";
        }
        return "a " + type.getSimpleName();
    }

    private static void describe(
            StringBuilder text, @Nullable ConfigurationProperty property, BiPredicate<String, String> secret) {
        if (property == null) {
            return;
        }
        String value = String.valueOf(property.getValue());
        text.append("\n    Value: ")
                .append(
                        secret.test(property.getName().toString(), value)
                                ? Secrets.HIDDEN
                                : '"' + SafeText.line(value, MAX_VALUE) + '"');
        if (property.getOrigin() != null) {
            text.append("\n    Origin: ").append(property.getOrigin());
        }
    }

    private @Nullable ConfigurationProperty find(String property) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty found = source.getConfigurationProperty(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isOurs(ConfigurationPropertyName name) {
        return PREFIX.equals(name) || PREFIX.isAncestorOf(name);
    }
}
