package io.sitemonitor.check.dns;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.HostNames;
import io.sitemonitor.check.internal.NameLookup;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;

/**
 * A name and the type of its records.
 *
 * @param name the name in lower case, with a dot at its end
 * @param type the type
 */
record DnsQuestion(String name, RecordType type) {

    private static final int SHOWN = 100;

    static DnsQuestion of(String name, RecordType type) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        if (SafeText.isLine(name) && name.indexOf(' ') < 0 && !name.contains("://")) {
            try {
                InetAddress address = type == RecordType.PTR ? NameLookup.literal(name) : null;
                Name absolute = address == null
                        ? Name.fromString(HostNames.ascii(name), Name.root)
                        : ReverseMap.fromAddress(address);
                return new DnsQuestion(RecordText.name(absolute), type);
            } catch (IOException | IllegalArgumentException e) {
                throw refused(name, e);
            }
        }
        throw refused(name, null);
    }

    private static IllegalArgumentException refused(String name, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "name must be one that DNS can have, such as shop.example, but was '" + SafeText.line(name, SHOWN)
                        + "'",
                cause);
    }

    /** Returns such as {@code shop.example A}. */
    @Override
    public String toString() {
        return (name.length() > 1 ? name.substring(0, name.length() - 1) : name) + " " + type;
    }
}
