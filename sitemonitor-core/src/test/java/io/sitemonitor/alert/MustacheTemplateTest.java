package io.sitemonitor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sitemonitor.WithoutLibrary;
import io.sitemonitor.check.Evidence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MustacheTemplateTest {

    private final Alert alert =
            Alerts.of(AlertKind.RECOVERED).id("a1").incident("i1").build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Site {{check}} is {{ status }}!|Site storefront is UP!",
                "{{label.team}} {{fact.status}} {{phase.connect}}|web 503 12 ms",
                "{{{summary}}} {{&summary}}|HTTP 503 in 412 ms HTTP 503 in 412 ms",
                "{{#failure}}by {{failure}} of {{check}}{{/failure}}|by STATUS of storefront",
                "{{#label.floor}}floor {{label.floor}}{{/label.floor}}|''",
                "{{^label.floor}}no floor{{/label.floor}}|no floor",
                "{{^failure}}fine{{/failure}}|''",
                "a{{! a remark }}b|ab",
                "{{=<% %>=}}<%check%>|storefront",
                "{check} } {|{check} } {",
            })
    void putsInWhatTheAlertSays(String template, String text) {
        assertThat(MessageTemplate.mustache(template).render(alert)).isEqualTo(text);
    }

    @Test
    void aLineOfASectionAloneIsNoLine() {
        MessageTemplate template = MessageTemplate.mustache("{{check}}\n{{#target}}\nsee {{target}}\n{{/target}}\nend");

        assertThat(template.render(alert)).isEqualTo("storefront\nsee https://shop.example/\nend");
        assertThat(template.render(Alerts.of(AlertKind.DOWN)
                        .target(null)
                        .evidence(Evidence.none())
                        .build()))
                .isEqualTo("storefront\nend");
    }

    @Test
    void valuesAreData() {
        Alert sly = Alerts.of(AlertKind.DOWN)
                .summary("{{check}} {{#x}} {check} <b>&\r\n\u202E")
                .label("long", "x".repeat(2_000))
                .build();

        assertThat(MessageTemplate.mustache("{{summary}}").render(sly))
                .isEqualTo("{{check}} {{#x}} {check} <b>&  \uFFFD");
        assertThat(MessageTemplate.mustache("{{label.long}}").render(sly)).hasSize(1_000);
    }

    @Test
    void timesAreWrittenInTheZoneOfTheReader() {
        assertThat(MessageTemplate.mustache("{{since}}")
                        .zone(ZoneId.of("Africa/Nairobi"))
                        .render(alert))
                .isEqualTo("2026-11-22T15:00:00+03:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chek",
                ".",
                "this",
                "check.length",
                "class",
                "failure.name",
                "-index",
                "label.",
                "alert.contacts",
            })
    void nothingButTheVariablesCanBeReached(String name) {
        for (String tag :
                new String[] {"{{%s}}", "{{#failure}}{{%s}}{{/failure}}", "{{#%1$s}}x{{/%1$s}}", "{{{%s}}}"}) {
            String template = tag.formatted(name);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MessageTemplate.mustache(template))
                    .withMessageStartingWith(
                            "unknown placeholder {{" + name + "}} in template '" + template + "'; known are {{id}}, ")
                    .withMessageEndingWith(", {{label.<name>}}, {{fact.<name>}}, {{phase.<name>}}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{> other}}|the template 'other' is included",
                "{{<other}}{{/other}}|the template 'other' is included",
                "{{$block}}x{{/block}}|'block' is a block",
                "{{#failure}}x|Section missing close tag 'failure' @ line 1",
                "{{/failure}}|Section close tag with no open tag 'failure' @ line 1",
                "{{check|a tag lacks one of its braces",
                "check}}|a tag lacks one of its braces",
                "{{}}|",
                "{{=x=}}|Invalid delimiter configuration 'x'.",
            })
    void refusesWhatIsNotMustache(String template, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.mustache(template))
                .withMessageStartingWith("a template must be mustache, without partials and blocks, but in '" + template
                        + "' " + (reason == null ? "" : reason));
    }

    @Test
    void refusesControlCharactersAndExcess() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.mustache("one\r\ntwo"))
                .withMessageStartingWith("a template must not contain control characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.mustache("x".repeat(10_001)))
                .withMessageStartingWith("a template must have at most 10000 characters");
    }

    @Test
    void equalTemplatesOfOneEngineAreEqual() {
        assertThat(MessageTemplate.mustache("{{check}}"))
                .isEqualTo(MessageTemplate.mustache("{{check}}"))
                .hasSameHashCodeAs(MessageTemplate.mustache("{{check}}"))
                .isNotEqualTo(MessageTemplate.of("{{check}}"))
                .hasToString("{{check}}");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        ClassLoader without = new WithoutLibrary("com.samskivert.");
        Class<?> template = Class.forName(MessageTemplate.class.getName(), true, without);
        Method mustache = template.getMethod("mustache", String.class);

        Throwable thrown = catchThrowable(() -> mustache.invoke(null, "{{check}}"));

        assertThat(template).isNotSameAs(MessageTemplate.class);
        assertThat(thrown)
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("MessageTemplate.mustache needs com.samskivert:jmustache on the class path");
        assertThat(template.getMethod("of", String.class).invoke(null, "{check}"))
                .hasToString("{check}");
    }
}
