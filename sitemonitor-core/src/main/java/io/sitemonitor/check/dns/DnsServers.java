package io.sitemonitor.check.dns;

import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.internal.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who is asked, and how.
 *
 * @param named the servers; none for those of this machine
 * @param system finds those of this machine
 * @param isTcp whether to ask over TCP only
 * @param agreement in what they must agree
 * @param isSilenceMild whether a server that does not answer is only worth a warning
 */
record DnsServers(
        List<Endpoint> named,
        Supplier<List<Endpoint>> system,
        boolean isTcp,
        Agreement agreement,
        boolean isSilenceMild) {

    static final DnsServers SYSTEM = new DnsServers(List.of(), SystemServers::find, false, Agreement.NONE, false);

    DnsServers and(Endpoint server) {
        List<Endpoint> more = new ArrayList<>(named);
        more.add(server);
        if (more.size() > DnsCheck.MOST_SERVERS) {
            throw new IllegalArgumentException("a DNS check can have at most " + DnsCheck.MOST_SERVERS + " servers");
        }
        return new DnsServers(List.copyOf(more), system, isTcp, agreement, isSilenceMild);
    }

    DnsServers tcp() {
        return new DnsServers(named, system, true, agreement, isSilenceMild);
    }

    DnsServers agreeing(String option, Agreement in) {
        if (named.size() < 2) {
            throw new IllegalStateException(
                    option + " needs at least two servers, named before it, but there are " + named.size());
        }
        return new DnsServers(named, system, isTcp, in, isSilenceMild);
    }

    DnsServers mild() {
        if (agreement == Agreement.NONE) {
            throw new IllegalStateException("tolerateSilence is about servers that must agree, and none must");
        }
        return new DnsServers(named, system, isTcp, agreement, true);
    }

    DnsServers resolver(Resolver resolver) {
        return new DnsServers(
                named.stream().map(server -> server.resolver(resolver)).toList(),
                system,
                isTcp,
                agreement,
                isSilenceMild);
    }

    DnsServers system(Supplier<List<Endpoint>> other) {
        return new DnsServers(named, other, isTcp, agreement, isSilenceMild);
    }

    /** Returns those who may be asked. */
    List<Endpoint> all() {
        return named.isEmpty() ? system.get() : named;
    }
}
