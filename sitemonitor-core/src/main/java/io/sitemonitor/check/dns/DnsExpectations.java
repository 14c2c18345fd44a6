package io.sitemonitor.check.dns;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.Expectations;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must be like.
 *
 * @param code what the server must say as a whole
 * @param isEmpty whether there must be no records of the type
 * @param records what is expected of the records
 * @param shortestTtl the least time for which they may be kept, or null
 * @param longestTtl the most, or null
 * @param isAuthoritative whether the server must know of itself
 * @param isAuthenticated whether it must have verified the signatures
 */
record DnsExpectations(
        ResponseCode code,
        boolean isEmpty,
        List<Expectation<? super List<String>>> records,
        @Nullable Duration shortestTtl,
        @Nullable Duration longestTtl,
        boolean isAuthoritative,
        boolean isAuthenticated) {

    static final DnsExpectations USUAL =
            new DnsExpectations(ResponseCode.NOERROR, false, List.of(), null, null, false, false);

    private static final Duration LONGEST_TTL = Duration.ofSeconds(Integer.MAX_VALUE);
    private static final int SHOWN = 3;

    DnsExpectations {
        boolean none = isEmpty || code != ResponseCode.NOERROR;
        if (none && !(records.isEmpty() && shortestTtl == null)) {
            throw new IllegalStateException("a check that expects no records cannot expect anything of them");
        }
        if (isEmpty && code != ResponseCode.NOERROR) {
            throw new IllegalStateException(
                    "expectNoRecords is about a name that exists, but the check expects " + code);
        }
    }

    DnsExpectations code(ResponseCode other) {
        return new DnsExpectations(other, isEmpty, records, shortestTtl, longestTtl, isAuthoritative, isAuthenticated);
    }

    DnsExpectations empty() {
        return new DnsExpectations(code, true, records, shortestTtl, longestTtl, isAuthoritative, isAuthenticated);
    }

    DnsExpectations records(Expectation<? super List<String>> expectation) {
        return new DnsExpectations(
                code,
                isEmpty,
                Expectations.append(records, expectation),
                shortestTtl,
                longestTtl,
                isAuthoritative,
                isAuthenticated);
    }

    DnsExpectations ttl(Duration shortest, Duration longest) {
        if (shortest.isNegative() || shortest.compareTo(longest) > 0 || longest.compareTo(LONGEST_TTL) > 0) {
            throw new IllegalArgumentException("expectTtl must be from zero to " + LONGEST_TTL
                    + ", the shortest first, but was " + shortest + " to " + longest);
        }
        return new DnsExpectations(code, isEmpty, records, shortest, longest, isAuthoritative, isAuthenticated);
    }

    DnsExpectations authoritative() {
        return new DnsExpectations(code, isEmpty, records, shortestTtl, longestTtl, true, isAuthenticated);
    }

    DnsExpectations authenticated() {
        return new DnsExpectations(code, isEmpty, records, shortestTtl, longestTtl, isAuthoritative, true);
    }

    CheckResult judge(DnsQuestion question, DnsAnswer answer) {
        CheckResult objection = objection(question, answer);
        if (objection != null && objection.failure() != null) {
            return objection;
        }
        CheckResult judged = Expectations.judge(records, answer.records(), "records");
        if (judged != null && judged.failure() != null) {
            return judged;
        }
        CheckResult ttl = ttl(answer);
        return ttl != null ? ttl : judged != null ? judged : CheckResult.pass(summary(answer));
    }

    private @Nullable CheckResult objection(DnsQuestion question, DnsAnswer answer) {
        if (answer.code() != code.number()) {
            String said = answer.code() == ResponseCode.NOERROR.number()
                    ? "such a name, with " + summary(answer)
                    : ResponseCode.describe(answer.code());
            return code == ResponseCode.NOERROR
                    ? CheckResult.fail(FailureKind.DNS, question + ": " + said)
                    : CheckResult.fail(question + ": " + said + ", expected " + code);
        }
        if (isAuthoritative && !answer.isAuthoritative()) {
            return CheckResult.fail("answer is not authoritative");
        }
        if (isAuthenticated && !answer.isAuthenticated()) {
            return CheckResult.fail("server has not verified the signatures of the answer");
        }
        if (isEmpty && !answer.records().isEmpty()) {
            return CheckResult.fail(question + ": " + summary(answer) + ", expected none");
        }
        if (code == ResponseCode.NOERROR && !isEmpty && answer.records().isEmpty()) {
            return CheckResult.fail(FailureKind.DNS, question + ": no such record" + alias(answer));
        }
        return null;
    }

    private static String alias(DnsAnswer answer) {
        return answer.alias().isEmpty() ? "" : " of " + answer.alias() + ", for which it is an alias";
    }

    private @Nullable CheckResult ttl(DnsAnswer answer) {
        if (shortestTtl == null || longestTtl == null) {
            return null;
        }
        boolean isShort = answer.ttl() < shortestTtl.toSeconds();
        if (isShort || answer.longestTtl() > longestTtl.toSeconds()) {
            return CheckResult.fail("records may be kept for " + (isShort ? answer.ttl() : answer.longestTtl())
                    + " s, expected from " + shortestTtl.toSeconds() + " s to " + longestTtl.toSeconds() + " s");
        }
        return null;
    }

    private static String summary(DnsAnswer answer) {
        List<String> records = answer.records();
        if (records.isEmpty()) {
            return ResponseCode.name(answer.code()) + ", no records";
        }
        String first = String.join(", ", records.subList(0, Math.min(SHOWN, records.size())));
        return records.size() > SHOWN ? first + " and " + (records.size() - SHOWN) + " more" : first;
    }
}
