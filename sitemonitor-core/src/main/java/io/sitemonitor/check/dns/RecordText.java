package io.sitemonitor.check.dns;

import io.sitemonitor.check.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CAARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;

/** Writes records as {@link RecordType} says, whatever spelling they come in. */
final class RecordText {

    private static final int GROUPS = 8;

    private RecordText() {}

    /** Brings records that somebody expects into the form in which answers are written. */
    static List<String> canonical(String option, RecordType type, String... records) {
        if (records.length == 0) {
            throw new IllegalArgumentException(option + " takes at least one record");
        }
        List<String> texts = new ArrayList<>();
        for (String record : records) {
            texts.add(type == RecordType.TXT ? record : canonical(option, type, record));
        }
        return texts.stream().distinct().sorted().toList();
    }

    private static String canonical(String option, RecordType type, String record) {
        try {
            return of(Record.fromString(Name.root, type.number(), DClass.IN, 0, record, Name.root));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    option + " takes records of type " + type + " as RecordType shows them, but was '"
                            + SafeText.line(record, 100) + "'",
                    e);
        }
    }

    static String of(Record record) {
        if (record instanceof ARecord a) {
            return a.getAddress().getHostAddress();
        } else if (record instanceof AAAARecord aaaa) {
            return shortest(aaaa.rdataToWireCanonical());
        } else if (record instanceof CNAMERecord cname) {
            return name(cname.getTarget());
        } else if (record instanceof NSRecord ns) {
            return name(ns.getTarget());
        } else if (record instanceof PTRRecord ptr) {
            return name(ptr.getTarget());
        } else if (record instanceof MXRecord mx) {
            return mx.getPriority() + " " + name(mx.getTarget());
        } else if (record instanceof SRVRecord srv) {
            return srv.getPriority() + " " + srv.getWeight() + " " + srv.getPort() + " " + name(srv.getTarget());
        } else if (record instanceof SOARecord soa) {
            return name(soa.getHost()) + " " + name(soa.getAdmin()) + " " + soa.getSerial() + " " + soa.getRefresh()
                    + " " + soa.getRetry() + " " + soa.getExpire() + " " + soa.getMinimum();
        } else if (record instanceof TXTRecord txt) {
            return text(txt);
        } else if (record instanceof CAARecord caa) {
            return caa.getFlags() + " " + caa.getTag() + " \"" + caa.getValue() + "\"";
        }
        return record.rdataToString();
    }

    static String name(Name name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static String text(TXTRecord record) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Object part : record.getStringsAsByteArrays()) {
            joined.writeBytes((byte[]) part);
        }
        return joined.toString(StandardCharsets.UTF_8);
    }

    /** Leaves out the longest row of zeros, as RFC 5952 has it, which Java does not. */
    private static String shortest(byte[] address) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (address[2 * i] & 0xFF) << 8 | address[2 * i + 1] & 0xFF;
        }
        int from = 0;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = 0;
            while (i + length < GROUPS && groups[i + length] == 0) {
                length++;
            }
            if (length > longest) {
                from = i;
                longest = length;
            }
        }
        return longest == 1
                ? hex(groups, 0, GROUPS)
                : hex(groups, 0, from) + "::" + hex(groups, from + longest, GROUPS);
    }

    private static String hex(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
