package io.sitemonitor.check.icmp;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

class ReachableCheckContractTest extends CheckContract {

    private final CountDownLatch over = new CountDownLatch(1);

    private final Resolver unknown = host -> {
        throw new UnknownHostException(host);
    };

    @AfterEach
    void end() {
        over.countDown();
    }

    @Override
    protected Check passing() {
        return ReachableCheck.host("127.0.0.1");
    }

    @Override
    protected Check failing() {
        return ReachableCheck.host("no.name").resolver(unknown);
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.DNS;
    }

    @Override
    protected String failingCause() {
        return "cannot look up 'no.name'";
    }

    @Override
    protected Check hanging() {
        return ReachableCheck.host("never.answered").resolver(host -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.<InetAddress>of();
        });
    }

    @Override
    protected Check secretive() {
        return failing();
    }

    @Override
    protected List<String> secrets() {
        return List.of("\n", "java.net");
    }
}
