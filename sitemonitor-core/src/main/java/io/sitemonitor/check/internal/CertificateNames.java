package io.sitemonitor.check.internal;

import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** For whom a certificate is made out: its subject alternative names, as RFC 6125 has them compared. */
public final class CertificateNames {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int MOST_SHOWN = 10;

    private CertificateNames() {}

    /**
     * Returns the names of hosts and the addresses that a certificate is made out for.
     *
     * @param certificate the certificate of a server
     * @return the names as written; empty if it has none, or none that can be read
     */
    public static List<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            if (entries != null) {
                for (List<?> entry : entries) {
                    boolean known =
                            entry.get(0).equals(DNS_NAME) || entry.get(0).equals(IP_ADDRESS);
                    if (known && entry.get(1) instanceof String name) {
                        names.add(name);
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return List.of(); // what cannot be read is no name
        }
        return names;
    }

    /**
     * Writes the names for people.
     *
     * @param certificate the certificate of a server
     * @return such as {@code [shop.example, www.shop.example]}, at most ten
     */
    public static String shown(X509Certificate certificate) {
        List<String> names = of(certificate);
        return names.size() <= MOST_SHOWN
                ? names.toString()
                : names.subList(0, MOST_SHOWN) + " and " + (names.size() - MOST_SHOWN) + " more";
    }

    /**
     * Writes whose certificate it is and when it ends.
     *
     * @param certificate any certificate
     * @return such as {@code CN=shop.example until 2027-01-31T00:00:00Z}
     */
    public static String described(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName() + " until "
                + certificate.getNotAfter().toInstant();
    }

    static void require(X509Certificate certificate, String host) throws CertificateException {
        if (of(certificate).stream().noneMatch(name -> fits(name, host))) {
            throw new CertificateException("No subject alternative name matching " + host + " found");
        }
    }

    /** A star stands for one whole label, the first; addresses are compared as such. */
    private static boolean fits(String name, String host) {
        InetAddress address = NameLookup.literal(host);
        if (address != null) {
            return address.equals(NameLookup.literal(name));
        }
        String wanted = plain(host);
        String given = plain(name);
        if (!given.startsWith("*.")) {
            return given.equals(wanted);
        }
        int dot = wanted.indexOf('.');
        return dot > 0 && given.indexOf('.', 2) > 0 && wanted.substring(dot).equals(given.substring(1));
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
