package io.sitemonitor.check.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that share their first bits, such as {@code 10.0.0.0/8}.
 *
 * <p>Immutable and safe for use by any number of threads.
 */
public final class AddressRange {

    private final byte[] first;
    private final int bits;
    private final String name;

    private AddressRange(byte[] first, int bits) {
        this.first = first;
        this.bits = bits;
        name = text(first) + "/" + bits;
    }

    /**
     * Reads a range.
     *
     * @param text an address, or an address, a slash and the number of bits that count
     * @return the range
     * @throws IllegalArgumentException if it is none, or bits beyond those that count are set
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = NameLookup.literal(slash < 0 ? text : text.substring(0, slash));
        int bits = address == null ? -1 : slash < 0 ? address.getAddress().length * 8 : number(text, slash + 1);
        if (address == null || bits < 0 || bits > address.getAddress().length * 8) {
            throw new IllegalArgumentException(
                    "an address range must be written as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7, but was '" + text
                            + "'");
        }
        byte[] first = address.getAddress();
        byte[] kept = cut(first, bits);
        if (!Arrays.equals(first, kept)) {
            throw new IllegalArgumentException(
                    "the address range " + text + " must begin with its first address, " + text(kept) + "/" + bits);
        }
        return new AddressRange(first, bits);
    }

    /**
     * Tells whether an address is one of these.
     *
     * @param address the four or sixteen bytes of an address
     * @return whether it has the same length and begins with the same bits
     */
    public boolean contains(byte[] address) {
        if (address.length != first.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != first[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || (address[whole] ^ first[whole]) >> (8 - rest) == 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressRange that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Returns the range as it is read. */
    @Override
    public String toString() {
        return name;
    }

    private static byte[] cut(byte[] address, int bits) {
        byte[] kept = address.clone();
        for (int i = 0; i < kept.length; i++) {
            int here = Math.max(0, Math.min(8, bits - i * 8));
            kept[i] &= (byte) (0xFF00 >> here);
        }
        return kept;
    }

    private static int number(String text, int from) {
        int length = text.length() - from;
        if (length < 1 || length > 3) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four or sixteen bytes are always an address
        }
    }
}
