package io.sitemonitor.check;

/** Over which version of the Internet Protocol a check connects. */
public enum IpFamily {

    /** Version 4 only: other addresses of the name are left out. */
    IPV4,

    /** Version 6 only: other addresses of the name are left out. */
    IPV6,

    /** Whichever the name has. The default. */
    EITHER
}
