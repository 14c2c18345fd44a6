package io.sitemonitor.alert;

import static io.sitemonitor.alert.Recipients.fromContact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecipientsTest {

    private final Alert alert = Alerts.of(AlertKind.DOWN)
            .contacts("owner@shop.example", "+254711000001", "ops@shop.example")
            .build();

    @Test
    void contactsAreThoseThatCanBeReached() {
        assertThat(fromContact().of(alert, contact -> contact.startsWith("+"))).containsExactly("+254711000001");
        assertThat(fromContact().of(alert, contact -> false)).isEmpty();
    }

    @Test
    void peopleNamedAreToldWhateverTheContactsAre() {
        assertThat(Recipients.of(" a@x ", "b@x", "a@x").of(alert, contact -> true))
                .containsExactly("a@x", "b@x");
    }

    @Test
    void nobodyIsToldTwice() {
        assertThat(fromContact().and("ops@shop.example").of(alert, contact -> contact.contains("@")))
                .containsExactly("ops@shop.example", "owner@shop.example");
    }

    @Test
    void refusesNobodyAndTooMany() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recipients.of(" "))
                .withMessage("a recipient must not be empty");
        String[] many = IntStream.range(0, 101).mapToObj(i -> "a" + i).toArray(String[]::new);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fromContact().and(many))
                .withMessage("there can be at most 100 recipients, but there are 101");
    }

    @Test
    void showsItself() {
        assertThat(fromContact()).hasToString("fromContact()").isEqualTo(fromContact());
        assertThat(fromContact().and("a@x")).hasToString("fromContact() and [a@x]");
        assertThat(Recipients.of("a@x")).hasToString("[a@x]").isEqualTo(Recipients.of("a@x"));
    }
}
