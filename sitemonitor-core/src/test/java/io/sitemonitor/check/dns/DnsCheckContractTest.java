package io.sitemonitor.check.dns;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.DatagramServer;
import io.sitemonitor.check.FailureKind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class DnsCheckContractTest extends CheckContract {

    private final ZoneServer server = new ZoneServer(
            "shop.example. 300 IN A 192.0.2.7",
            "shop.example. 300 IN A 192.0.2.8",
            "odd.example. 60 IN TXT \"\\013\\010\\027[31m\"");
    private final DatagramServer silent = DatagramServer.silent();

    @AfterEach
    void close() {
        server.close();
        silent.close();
    }

    @Override
    protected Check passing() {
        return DnsCheck.lookup("shop.example", RecordType.A)
                .server("127.0.0.1", server.port())
                .expectRecords("192.0.2.8", "192.0.2.7");
    }

    @Override
    protected Check failing() {
        return DnsCheck.lookup("no.example", RecordType.A).server("127.0.0.1", server.port());
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.DNS;
    }

    @Override
    protected String failingCause() {
        return "no.example A: no such name (NXDOMAIN)";
    }

    @Override
    protected Check hanging() {
        return DnsCheck.lookup("shop.example", RecordType.A).server("127.0.0.1", silent.port());
    }

    @Override
    protected Check secretive() {
        return DnsCheck.lookup("odd.example", RecordType.TXT)
                .server("127.0.0.1", server.port())
                .expectRecords("v=spf1 -all");
    }

    @Override
    protected List<String> secrets() {
        return List.of("\u001b", "org.xbill");
    }
}
