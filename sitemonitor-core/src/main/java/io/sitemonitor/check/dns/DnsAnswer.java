package io.sitemonitor.check.dns;

import java.util.List;

/**
 * What a server said.
 *
 * @param code the number of what it says as a whole
 * @param isAuthoritative whether it knows of itself and not from others
 * @param isAuthenticated whether it has verified the signatures
 * @param records the records that were asked for, each once and in the order of their texts
 * @param ttl for how many seconds they may be kept, the shortest of them; zero if there are none
 * @param longestTtl the longest of them
 * @param alias the name at the end of the aliases; empty if there are none
 */
record DnsAnswer(
        int code,
        boolean isAuthoritative,
        boolean isAuthenticated,
        List<String> records,
        long ttl,
        long longestTtl,
        String alias) {}
