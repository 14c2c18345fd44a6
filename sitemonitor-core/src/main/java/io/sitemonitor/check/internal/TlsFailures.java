package io.sitemonitor.check.internal;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Says what is wrong with a TLS handshake. */
public final class TlsFailures {

    private static final int MOST_CAUSES = 20;

    /** How the Java runtime begins to tell of bytes that are no record of TLS, such as what a server in plain text sends. */
    private static final String NO_RECORD = "Unsupported or unrecognized SSL message";

    private TlsFailures() {}

    /**
     * Describes a failed handshake.
     *
     * @param thrown what it threw
     * @param host the host whose name was verified
     * @param chain the certificates seen, possibly none
     * @return one line for people
     */
    public static String describe(Throwable thrown, String host, List<X509Certificate> chain) {
        Throwable root = root(thrown);
        String reason = String.valueOf(root.getMessage());
        if (root instanceof CertificateExpiredException) {
            return "certificate has expired (" + reason + ")";
        }
        if (root instanceof CertificateNotYetValidException) {
            return "certificate is not valid yet (" + reason + ")";
        }
        boolean named = root instanceof CertificateException
                && (reason.startsWith("No subject alternative") || reason.startsWith("No name matching"));
        if (named) {
            return "certificate is not valid for " + host
                    + (chain.isEmpty() ? "" : ", only for " + CertificateNames.shown(chain.get(0)));
        }
        return reason.startsWith(NO_RECORD)
                ? "TLS handshake failed: the server answers with something else than TLS (" + reason + ")"
                : "TLS handshake failed: " + reason;
    }

    /**
     * Returns what is at the bottom of it.
     *
     * @param thrown what was thrown
     * @return the last of its causes
     */
    public static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; depth < MOST_CAUSES && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        return root;
    }
}
