package io.sitemonitor.check.icmp;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.icmp.PingCommand.Style;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PingCommandTest {

    private static final Path PING = Path.of("ping");
    private static final Path PING6 = Path.of("ping6");

    @Test
    void speaksToEachMakeInItsWay() throws UnknownHostException {
        assertThat(line(Style.LINUX, "192.0.2.7")).containsExactly("ping", "-n", "-c", "3", "-W", "5", "192.0.2.7");
        assertThat(line(Style.BSD, "192.0.2.7")).containsExactly("ping", "-n", "-c", "3", "-W", "5000", "192.0.2.7");
        assertThat(line(Style.WINDOWS, "192.0.2.7")).containsExactly("ping", "-n", "3", "-w", "5000", "192.0.2.7");
    }

    @Test
    void callsTheCommandForIpv6IfThereIsOne() throws UnknownHostException {
        InetAddress six = InetAddress.getByName("2001:db8::7");

        assertThat(line(Style.LINUX, "2001:db8::7")).startsWith("ping6").endsWith("2001:db8:0:0:0:0:0:7");
        assertThat(line(Style.BSD, "2001:db8::7")).containsExactly("ping6", "-n", "-c", "3", "2001:db8:0:0:0:0:0:7");
        assertThat(new PingCommand(PING, null, Style.LINUX).line(six, 3, ofSeconds(10)))
                .startsWith("ping")
                .endsWith("2001:db8:0:0:0:0:0:7");
    }

    @Test
    void waitsForTheLastAnswerNoLongerThanThereIsTime() throws UnknownHostException {
        InetAddress address = InetAddress.getByName("192.0.2.7");
        PingCommand command = new PingCommand(PING, null, Style.LINUX);

        assertThat(command.line(address, 3, ofMillis(5_500))).containsSequence("-W", "3");
        assertThat(command.line(address, 1, ofMillis(300))).containsSequence("-W", "1");
        assertThat(command.line(address, 1, ofSeconds(100))).containsSequence("-W", "5");
    }

    private static List<String> line(Style style, String address) throws UnknownHostException {
        return new PingCommand(PING, PING6, style).line(InetAddress.getByName(address), 3, ofSeconds(10));
    }
}
