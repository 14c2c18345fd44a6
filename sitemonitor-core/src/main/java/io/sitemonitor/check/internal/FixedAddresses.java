package io.sitemonitor.check.internal;

import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.SafeText;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A resolver that needs to ask nobody.
 *
 * @param addresses the addresses that every name has
 */
public record FixedAddresses(List<InetAddress> addresses) implements Resolver {

    /**
     * Reads addresses.
     *
     * @param address an address written in figures
     * @param more further ones
     * @return the resolver
     * @throws IllegalArgumentException if one is no address
     */
    public static FixedAddresses of(String address, String... more) {
        List<InetAddress> found = new ArrayList<>();
        found.add(parse(address));
        for (String each : more) {
            found.add(parse(each));
        }
        return new FixedAddresses(List.copyOf(found));
    }

    private static InetAddress parse(String text) {
        InetAddress address = NameLookup.literal(text);
        if (address == null) {
            throw new IllegalArgumentException("address must be written in figures such as 192.0.2.7 or 2001:db8::7,"
                    + " but was '" + SafeText.line(text, 60) + "'");
        }
        return address;
    }

    @Override
    public List<InetAddress> resolve(String host) {
        return addresses;
    }
}
