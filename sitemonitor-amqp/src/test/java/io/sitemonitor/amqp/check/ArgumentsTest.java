package io.sitemonitor.amqp.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What brokers put into their tables, and what hostile ones might. */
class ArgumentsTest {

    @Test
    void keepsTheTextsOfATableAndPassesOverTheRest() throws Exception {
        byte[] inner = entry('S').longText("hidden").bytes();
        Request entries = new Request()
                .raw(entry('V').bytes())
                .raw(entry('t').octet(1).bytes())
                .raw(entry('b').octet(1).bytes())
                .raw(entry('s').number16(1).bytes())
                .raw(entry('I').number32(1).bytes())
                .raw(entry('l').number64(1).bytes())
                .raw(entry('T').number64(1).bytes())
                .raw(entry('d').number64(1).bytes())
                .raw(entry('D').octet(1).number32(1).bytes())
                .raw(entry('x').longText("bytes").bytes())
                .raw(entry('F').longText(latin(inner)).bytes())
                .raw(entry('A').longText("S\0\0\0\1at\1").bytes())
                .raw(new Request()
                        .shortText("product")
                        .octet('S')
                        .longText("Broker")
                        .bytes());

        Arguments arguments = table(entries, new Request().octet(7));

        assertThat(arguments.texts()).isEqualTo(Map.of("product", "Broker"));
        assertThat(arguments.octet()).isEqualTo(7);
    }

    @Test
    void refusesWhatIsLongerThanWhatItIsIn() {
        Request endless = entry('S').number32(0xFFFF_FFFFL);
        Request overlapping = entry('S').number32(3).octet('a');

        assertThatThrownBy(() -> table(endless, new Request()).texts())
                .isInstanceOf(ProtocolException.class)
                .hasMessageEndingWith("something is longer than its frame");
        assertThatThrownBy(() -> table(overlapping, new Request().number16(0)).texts())
                .isInstanceOf(ProtocolException.class)
                .hasMessageEndingWith("a table is longer than it says");
        assertThatThrownBy(() -> table(entry('A').longText("I\0"), new Request().number32(0))
                        .texts())
                .isInstanceOf(ProtocolException.class)
                .hasMessageEndingWith("a table is longer than it says");
        assertThatThrownBy(() -> new Arguments(new byte[] {5, 'a'}).shortText())
                .isInstanceOf(ProtocolException.class)
                .hasMessageEndingWith("a frame ends too soon");
    }

    @Test
    void refusesTablesInTablesWithoutEnd() {
        byte[] nested = new byte[0];
        for (int i = 0; i < 17; i++) {
            nested = entry('F').longText(latin(nested)).bytes();
        }
        Request deep = new Request().raw(nested);

        assertThatThrownBy(() -> table(deep, new Request()).texts())
                .isInstanceOf(ProtocolException.class)
                .hasMessageEndingWith("tables are nested more than 16 deep");
    }

    @Test
    void refusesValuesOfATypeThatItDoesNotKnow() {
        assertThatThrownBy(() -> table(entry('?'), new Request()).texts())
                .isInstanceOf(ProtocolException.class)
                .hasMessageEndingWith("a value has the type 63");
    }

    private static Request entry(char type) {
        return new Request().shortText("a").octet(type);
    }

    private static Arguments table(Request entries, Request after) {
        byte[] bytes = entries.bytes();
        return new Arguments(new Request()
                .number32(bytes.length)
                .raw(bytes)
                .raw(after.bytes())
                .bytes());
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
