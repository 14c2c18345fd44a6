package io.sitemonitor.check.internal;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What addresses are that are not ordinary public ones, as the registries of special-purpose addresses of IANA have it
 * (RFC 6890 and its successors), and where providers of machines keep what their machines may know of themselves.
 */
public final class SpecialAddresses {

    private static final Map<AddressRange, String> METADATA = table(
            "169.254.0.0/16 a link-local address",
            "fe80::/10 a link-local address",
            "100.100.100.200 a metadata address",
            "168.63.129.16 a metadata address",
            "192.0.0.192 a metadata address",
            "fd00:ec2::254 a metadata address",
            "fd20:ce::254 a metadata address");

    private static final Map<AddressRange, String> NOT_PUBLIC = table(
            "0.0.0.0/8 an address of this host",
            "10.0.0.0/8 a private address",
            "100.64.0.0/10 a private address",
            "127.0.0.0/8 a loopback address",
            "172.16.0.0/12 a private address",
            "192.0.0.0/24 a reserved address",
            "192.0.2.0/24 an address for documentation",
            "192.88.99.0/24 a reserved address",
            "192.168.0.0/16 a private address",
            "198.18.0.0/15 an address for benchmarks",
            "198.51.100.0/24 an address for documentation",
            "203.0.113.0/24 an address for documentation",
            "224.0.0.0/4 a multicast address",
            "240.0.0.0/4 a reserved address",
            "::/128 an address of this host",
            "::1/128 a loopback address",
            "fc00::/7 a private address",
            "fec0::/10 a private address",
            "ff00::/8 a multicast address",
            "2001:db8::/32 an address for documentation",
            "3fff::/20 an address for documentation",
            "2001::/23 a reserved address");

    private static final AddressRange GLOBAL = AddressRange.parse("2000::/3");

    /** IPv6 addresses that carry one of IPv4, and at which byte. */
    private static final Map<AddressRange, Integer> CARRIERS = Map.of(
            AddressRange.parse("::/96"), 12,
            AddressRange.parse("64:ff9b::/96"), 12,
            AddressRange.parse("2002::/16"), 2);

    private SpecialAddresses() {}

    /**
     * Returns the addresses for which one stands: itself, and the one of IPv4 that it carries.
     *
     * @param address the bytes of an address
     * @return one or two addresses
     */
    public static List<byte[]> meanings(byte[] address) {
        if (address.length == 16 && !isHostOrLoopback(address)) {
            for (Map.Entry<AddressRange, Integer> carrier : CARRIERS.entrySet()) {
                if (carrier.getKey().contains(address)) {
                    int at = carrier.getValue();
                    return List.of(address, Arrays.copyOfRange(address, at, at + 4));
                }
            }
        }
        return List.of(address);
    }

    /**
     * Says whether it is a place where machines learn about themselves.
     *
     * @param address the bytes of an address
     * @return what it is, or null if it is no such place
     */
    public static @Nullable String metadata(byte[] address) {
        return find(METADATA, address);
    }

    /**
     * Says whether it is not an ordinary public address.
     *
     * @param address the bytes of an address
     * @return what it is, or null if it is public
     */
    public static @Nullable String notPublic(byte[] address) {
        String metadata = metadata(address);
        String special = metadata == null ? find(NOT_PUBLIC, address) : metadata;
        boolean carrier = meanings(address).size() > 1;
        return special == null && address.length == 16 && !carrier && !GLOBAL.contains(address)
                ? "a reserved address"
                : special;
    }

    private static boolean isHostOrLoopback(byte[] address) {
        for (int i = 0; i < 15; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[15] == 0 || address[15] == 1;
    }

    private static @Nullable String find(Map<AddressRange, String> table, byte[] address) {
        for (Map.Entry<AddressRange, String> entry : table.entrySet()) {
            if (entry.getKey().contains(address)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static Map<AddressRange, String> table(String... lines) {
        Map<AddressRange, String> table = new LinkedHashMap<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            table.put(AddressRange.parse(line.substring(0, space)), line.substring(space + 1));
        }
        return Collections.unmodifiableMap(table);
    }
}
