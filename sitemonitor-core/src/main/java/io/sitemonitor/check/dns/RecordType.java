package io.sitemonitor.check.dns;

/**
 * The type of a DNS record, and how a record of it is written: as {@code dig +short} does, with names in lower case and a
 * dot at their end. The texts of {@link #TXT} are the exception.
 */
public enum RecordType {
    /** An address of IPv4: {@code 192.0.2.7}. */
    A(1),
    /** An address of IPv6, in its shortest form: {@code 2001:db8::7}. */
    AAAA(28),
    /** The name for which one is an alias: {@code shop.example.}. */
    CNAME(5),
    /** Who takes mail, after a number that says in which order to try: {@code 10 mail.example.}. */
    MX(15),
    /** A name server: {@code ns1.example.}. */
    NS(2),
    /** The name of an address: {@code shop.example.}. */
    PTR(12),
    /**
     * The beginning of a zone: {@code ns1.example. admin.example. 2024010101 7200 3600 1209600 300}, where the first number
     * is its serial.
     */
    SOA(6),
    /** Where a service is: priority, weight, port and host: {@code 10 5 5060 sip.example.}. */
    SRV(33),
    /** A text without quotes, the strings of one record joined: {@code v=spf1 -all}. */
    TXT(16),
    /** Who may issue certificates: {@code 0 issue "ca.example"}. */
    CAA(257);

    private final int number;

    RecordType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
