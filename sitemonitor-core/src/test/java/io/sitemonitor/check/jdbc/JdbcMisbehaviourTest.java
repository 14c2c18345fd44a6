package io.sitemonitor.check.jdbc;

import static io.sitemonitor.check.jdbc.TrickyDataSource.throwing;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Verdict;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Data sources and drivers that break, block, or do not keep to their contract. */
@Timeout(60)
class JdbcMisbehaviourTest {

    private static final String LEAK = "jdbc:x://me:s3cret-word@db/x?password=s3cret-word";

    private final MemoryDatabase database = new MemoryDatabase();
    private final TrickyDataSource source = new TrickyDataSource(database.source());
    private final JdbcCheck valid = JdbcCheck.of(source);
    private final JdbcCheck query = JdbcCheck.of(source).query("select 1").expect(RowExpectation.is("1"));

    @AfterEach
    void everyConnectionWasClosedOnce() throws SQLException {
        assertThat(source.allAreClosed()).isTrue();
        assertThat(source.count("Connection.close")).isLessThanOrEqualTo(source.count("DataSource.getConnection"));
        database.close();
    }

    private static CheckResult run(JdbcCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }

    /** Every call that a run makes fails once, in each way in which it can. */
    @Test
    void whateverBreaksTheConnectionIsClosedOnceAndNoSecretIsTold() {
        for (JdbcCheck check : List.of(valid, query)) {
            source.on("DataSource.getConnection", real -> {
                var connection = (java.sql.Connection) real.call();
                connection.setAutoCommit(false);
                return connection;
            });
            source.forget();
            assertThat(run(check).verdict()).isEqualTo(Verdict.PASS);
            List<String> steps = new ArrayList<>(Set.copyOf(source.calls()));
            steps.remove("Connection.setAutoCommit");
            steps.remove("DataSource.getConnection");
            assertThat(steps).hasSizeGreaterThan(3);
            for (String step : steps) {
                for (Exception thrown :
                        List.of(new SQLException(LEAK, "58000"), new IllegalStateException(LEAK), new SQLException())) {
                    source.on(step, throwing(thrown));
                    source.forget();
                    CheckResult result = run(check);
                    source.on(step, real -> real.call());

                    assertThat(result.verdict())
                            .as("%s throws %s: %s", step, thrown, result.summary())
                            .isIn(Verdict.FAIL, Verdict.WARN);
                    assertThat(result.verdict() == Verdict.WARN)
                            .as("%s throws %s: %s", step, thrown, result.summary())
                            .isEqualTo(isTidyingUp(step));
                    assertThat(result.toString()).doesNotContain("s3cret-word");
                    assertThat(source.count("Connection.close")).as(step).isEqualTo(1);
                }
            }
        }
    }

    private static boolean isTidyingUp(String step) {
        return step.endsWith(".close") || step.equals("Connection.getAutoCommit") || step.equals("Connection.rollback");
    }

    @Test
    void saysWhatCouldNotBeTidiedUp() {
        source.on("Connection.close", throwing(new SQLException("the pool is gone", "08003")));

        assertThat(run(query).summary())
                .isEqualTo("WARN: the query is answered, but it could not be tidied up: the pool is gone"
                        + " [SQLState 08003]");
    }

    @Test
    @DisplayName("P25: an error of a driver leaves no connection open")
    void anErrorLeavesNoConnectionOpen() {
        for (String step : List.of(
                "Connection.prepareStatement",
                "PreparedStatement.executeQuery",
                "PreparedStatement.close",
                "ResultSet.next",
                "ResultSet.close",
                "ResultSet.getMetaData")) {
            source.forget();
            source.on(step, throwing(new NoClassDefFoundError("driver")));
            assertThatThrownBy(() -> run(query)).isInstanceOf(NoClassDefFoundError.class);
            source.on(step, real -> real.call());
            assertThat(source.count("Connection.close")).as(step).isEqualTo(1);
        }
    }

    @Test
    void nullForAConnectionIsAnError() {
        source.on("DataSource.getConnection", real -> null);

        assertThat(run(query).summary()).isEqualTo("CHECK_ERROR: the data source gave null for a connection");
    }

    /** Drivers count in whole seconds: a second too few would end what the run still waits for. */
    @Test
    void theTimeThatADriverIsGivenIsRoundedUp() {
        AtomicInteger seconds = new AtomicInteger();
        source.on(
                "DataSource.getConnection",
                real -> Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {java.sql.Connection.class},
                        (proxy, method, arguments) -> switch (method.getName()) {
                            case "isValid" -> {
                                seconds.set((int) arguments[0]);
                                yield true;
                            }
                            case "getAutoCommit" -> true;
                            default -> null;
                        }));

        assertThat(valid.run(FixedContext.of(ofMillis(9_600))).verdict()).isEqualTo(Verdict.PASS);
        assertThat(seconds).hasValue(10);
    }

    @Test
    void aConnectionThatIsNotValidIsConnect() {
        source.on("Connection.isValid", real -> false);

        assertThat(run(valid).summary()).isEqualTo("CONNECT: the connection is not valid");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        new SQLException("gone", "08001"), FailureKind.CONNECT, "no connection: gone [SQLState 08001]"),
                Arguments.of(new SQLException("no"), FailureKind.CONNECT, "no connection: no"),
                Arguments.of(
                        new SQLException("no such user", "28P01"),
                        FailureKind.CONNECT,
                        "the database refuses the credentials: no such user [SQLState 28P01]"),
                Arguments.of(
                        new SQLTransientConnectionException(
                                "pool - timed out after 30000ms", new SQLException("Connection refused")),
                        FailureKind.CONNECT,
                        "no connection: pool - timed out after 30000ms (Connection refused)"),
                Arguments.of(new SQLTimeoutException("late"), FailureKind.TIMEOUT, "no connection: late"),
                Arguments.of(
                        new IllegalStateException("pool is closed"),
                        FailureKind.CONNECT,
                        "no connection: pool is closed"),
                Arguments.of(
                        new SQLException(LEAK),
                        FailureKind.CONNECT,
                        "no connection: jdbc:x://me:***@db/x?password=***"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void withoutAConnectionItSaysWhy(Exception thrown, FailureKind kind, String message) {
        source.on("DataSource.getConnection", real -> {
            throw thrown;
        });
        CheckResult result = run(query);

        assertThat(result.failure()).isEqualTo(kind);
        assertThat(result.message()).isEqualTo(message);
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new SQLException("x", "08006"), FailureKind.CONNECT),
                Arguments.of(new SQLNonTransientConnectionException("x"), FailureKind.CONNECT),
                Arguments.of(new SQLTransientConnectionException("x"), FailureKind.CONNECT),
                Arguments.of(new SQLRecoverableException("x"), FailureKind.CONNECT),
                Arguments.of(new SQLException("shutdown", "57P01"), FailureKind.CONNECT),
                Arguments.of(new SQLTimeoutException("x"), FailureKind.TIMEOUT),
                Arguments.of(
                        new SQLException("canceling statement due to statement timeout", "57014"), FailureKind.TIMEOUT),
                Arguments.of(new SQLException("x", "42P01"), FailureKind.CHECK_ERROR),
                Arguments.of(new SQLException("x", "42s02"), FailureKind.CHECK_ERROR),
                Arguments.of(new SQLSyntaxErrorException("x"), FailureKind.CHECK_ERROR),
                Arguments.of(new SQLException("x", "0A000"), FailureKind.CHECK_ERROR),
                Arguments.of(new IllegalStateException("x"), FailureKind.CHECK_ERROR),
                Arguments.of(new SQLException("x", "53200"), FailureKind.PROTOCOL),
                Arguments.of(new SQLException("x", "40001"), FailureKind.PROTOCOL),
                Arguments.of(new SQLException("x"), FailureKind.PROTOCOL));
    }

    @Test
    void rowsThatADriverRepeatsInItsMessageAreNotTold() {
        source.on("PreparedStatement.executeQuery", real -> {
            throw new SQLException("ERROR: duplicate key\n  Detail: Key (email)=(owner@shop.example) exists.", "23505");
        });

        assertThat(run(query).summary()).isEqualTo("PROTOCOL: ERROR: duplicate key [SQLState 23505]");
    }

    @Test
    @DisplayName("P16: a driver that says too much is not listened to for long, and a secret is not cut in two")
    void aDriverThatSaysTooMuchIsCut() {
        String secrets =
                IntStream.range(0, 3_000).mapToObj(i -> "'value" + i + "'").collect(Collectors.joining(", "));
        source.on("PreparedStatement.executeQuery", real -> {
            throw new SQLException("//me:s3cret-word@db ".repeat(1_000_000), "58000");
        });

        assertThat(run(valid.query("select " + secrets)).message())
                .hasSize(300)
                .startsWith("//me:***@db //me:***@db ")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorIsSortedByWhatItIs(Exception thrown, FailureKind kind) {
        source.on("PreparedStatement.executeQuery", real -> {
            throw thrown;
        });

        assertThat(run(query).failure()).isEqualTo(kind);
    }

    @Test
    void aDriverThatCannotBeBoundedIsAskedAllTheSame() {
        for (String step :
                List.of("getQueryTimeout", "setQueryTimeout", "setMaxRows", "setFetchSize", "setMaxFieldSize")) {
            source.on("PreparedStatement." + step, real -> {
                throw new SQLFeatureNotSupportedException(step);
            });
        }

        assertThat(run(query).summary()).isEqualTo("PASS: the query is answered");
    }

    @Test
    @DisplayName("P16: rows and values without end are read no further than they are kept")
    void isNotDrowned() {
        AtomicInteger rows = new AtomicInteger();
        source.on("ResultSet.next", real -> rows.incrementAndGet() > 0);
        source.on("ResultSet.getCharacterStream", real -> endlessText());
        source.on("ResultSet.getBinaryStream", real -> InputStream.nullInputStream());
        CheckResult result = run(valid.query("select cast('x' as clob), cast(X'00' as blob)")
                .expectRows(0, 100)
                .expect(row -> row.text(1).length() + " characters"));

        assertThat(result.summary()).isEqualTo("ASSERTION: the query gives more than 100 rows");
        assertThat(rows).hasValue(101);
        rows.set(0);
        assertThat(run(valid.query("select cast('x' as clob)")
                                .expect(row -> row.text(1).length() + " characters"))
                        .summary())
                .isEqualTo("ASSERTION: 4000 characters");
        assertThat(rows).hasValue(1);
    }

    private static Reader endlessText() {
        return new Reader() {
            @Override
            public int read(char[] buffer, int from, int length) {
                buffer[from] = 'x';
                return 1;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void isNotDrownedByARowAtATimeEither() {
        source.on("ResultSet.next", real -> {
            real.call();
            return true;
        });
        CheckResult result =
                valid.query("select 1").expectRows(10_000, Integer.MAX_VALUE).run(FixedContext.of(ofSeconds(20)));

        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(source.count("ResultSet.next")).isEqualTo(10_000);
    }
}
