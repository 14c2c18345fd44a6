package io.sitemonitor.check.dns;

import io.sitemonitor.check.internal.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;

/** The name servers that this machine is set up to use. Asks nobody, it reads settings. */
final class SystemServers {

    private SystemServers() {}

    /**
     * Reads them anew where they stand in a file, since they change when a machine moves to another network; elsewhere dnsjava
     * has read them once.
     */
    static List<Endpoint> find() {
        ResolvConfResolverConfigProvider file = new ResolvConfResolverConfigProvider();
        if (file.isEnabled()) {
            file.initialize();
            if (!file.servers().isEmpty()) {
                return endpoints(file.servers());
            }
        }
        return endpoints(ResolverConfig.getCurrentConfig().servers());
    }

    private static List<Endpoint> endpoints(List<InetSocketAddress> servers) {
        return servers.stream()
                .map(server -> Endpoint.of(host(server), server.getPort()))
                .distinct()
                .limit(DnsCheck.MOST_SERVERS)
                .toList();
    }

    private static String host(InetSocketAddress server) {
        InetAddress address = server.getAddress();
        return address == null ? server.getHostString() : address.getHostAddress();
    }
}
