package io.sitemonitor.check.jdbc;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JdbcCheckTest {

    private final MemoryDatabase database = new MemoryDatabase();
    private final TrickyDataSource source = new TrickyDataSource(database.source());
    private final JdbcCheck check = JdbcCheck.of(source);

    @BeforeEach
    void createTable() throws SQLException {
        database.sql("create table jobs (id int primary key, name varchar, large clob, bytes blob)");
        database.sql("insert into jobs values (1, 'first', repeat('x', 1000000), X'CAFE'), (2, null, null, null),"
                + " (3, 'third', 'y', X'00')");
    }

    @AfterEach
    void everyConnectionIsClosedOnce() throws SQLException {
        assertThat(source.allAreClosed()).isTrue();
        assertThat(source.count("Connection.close")).isEqualTo(source.count("DataSource.getConnection"));
        assertThat(source.count("PreparedStatement.close"))
                .isBetween(source.count("PreparedStatement.executeQuery"), source.count("Connection.prepareStatement"));
        database.close();
    }

    private static CheckResult run(JdbcCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }

    private static String found(JdbcCheck check) {
        return run(check).summary();
    }

    @Test
    void passesIfTheConnectionIsValid() {
        CheckResult result = run(check);

        assertThat(result.summary()).isEqualTo("PASS: the connection is valid");
        assertThat(result.evidence().phases().keySet()).containsExactly("connect", "valid");
        assertThat(source.count("Connection.isValid")).isEqualTo(1);
    }

    @Test
    void passesIfTheQueryIsAnswered() {
        CheckResult result = run(check.query("select id from jobs"));

        assertThat(result.summary()).isEqualTo("PASS: the query is answered");
        assertThat(result.evidence().phases().keySet()).containsExactly("connect", "query");
        assertThat(result.evidence().facts()).isEmpty();
        assertThat(found(check.query("select id from jobs where false"))).isEqualTo("PASS: the query is answered");
    }

    @Test
    void boundsWhatIsAskedOfTheDriver() throws SQLException {
        run(check.query("select * from jobs").expectRows(0, 1));

        assertThat(source.calls())
                .containsSubsequence(
                        "Connection.prepareStatement",
                        "PreparedStatement.getQueryTimeout",
                        "PreparedStatement.setQueryTimeout",
                        "PreparedStatement.setMaxRows",
                        "PreparedStatement.setFetchSize",
                        "PreparedStatement.setMaxFieldSize",
                        "PreparedStatement.executeQuery",
                        "ResultSet.next",
                        "ResultSet.next",
                        "ResultSet.close",
                        "PreparedStatement.close",
                        "Connection.close");
        assertThat(source.count("ResultSet.next")).isEqualTo(2);
    }

    @Test
    void leavesTheConnectionAsItWas() throws SQLException {
        JdbcConnectionPool pool = JdbcConnectionPool.create(database.source());
        pool.setMaxConnections(1);
        run(JdbcCheck.of(pool).query("select 1"));

        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.getQueryTimeout()).isZero();
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
        }
        pool.dispose();
    }

    @Test
    void givesItsConnectionBackWhateverItFinds() {
        JdbcConnectionPool pool = JdbcConnectionPool.create(database.source());
        pool.setMaxConnections(1);
        pool.setLoginTimeout(1);
        JdbcCheck pooled = JdbcCheck.of(pool);
        for (int i = 0; i < 3; i++) {
            run(pooled);
            run(pooled.query("select 1"));
            run(pooled.query("select nonsense"));
            run(pooled.query("select 1").expect(RowExpectation.is("2")));
            run(pooled.query("select 1").expect(row -> {
                throw new IllegalStateException("on purpose");
            }));
        }
        CheckResult late = pooled.query(MemoryDatabase.ENDLESS).run(FixedContext.of(ofMillis(200)));
        assertThat(late.summary()).isEqualTo("TIMEOUT: no answer within 200 ms (query)");

        assertThat(pool.getActiveConnections()).isZero();
        pool.dispose();
    }

    @Test
    void aPoolWithoutAFreeConnectionIsConnect() throws SQLException {
        JdbcConnectionPool pool = JdbcConnectionPool.create(database.source());
        pool.setMaxConnections(1);
        pool.setLoginTimeout(1);
        try (Connection taken = pool.getConnection()) {
            CheckResult result = run(JdbcCheck.of(pool));

            assertThat(taken.isClosed()).isFalse();
            assertThat(result.failure()).as(result.summary()).isIn(FailureKind.CONNECT, FailureKind.TIMEOUT);
            assertThat(result.message()).startsWith("no connection: ");
            assertThat(result.evidence().phases()).containsOnlyKeys("connect");
        }
        pool.dispose();
    }

    @Test
    void aDatabaseThatIsNotThereIsConnect() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        JdbcDataSource away = new JdbcDataSource();
        away.setURL("jdbc:h2:tcp://127.0.0.1:" + port + "/x");
        away.setUser("me");
        away.setPassword("s3cret-word");

        CheckResult result = run(JdbcCheck.of(away));

        assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.CONNECT);
        assertThat(result.message()).startsWith("no connection: ").contains("onnection refused");
        assertThat(result.toString()).doesNotContain("s3cret-word");
    }

    @Test
    void refusedCredentialsAreConnectAndSaySo() {
        JdbcDataSource wrong = new JdbcDataSource();
        wrong.setURL(database.source().getURL());
        wrong.setUser("sa");
        wrong.setPassword("wr0ng-word");

        CheckResult result = run(JdbcCheck.of(wrong));

        assertThat(result.summary())
                .startsWith("CONNECT: the database refuses the credentials: Wrong user name or password")
                .endsWith("[SQLState 28000]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select * from nowhere                  | CHECK_ERROR | Table "NOWHERE" not found
            select nonsense from jobs              | CHECK_ERROR | Column "NONSENSE" not found
            selec 1                                | CHECK_ERROR | Syntax error in SQL statement
            select 1 / 0                           | PROTOCOL    | Division by zero
            select cast('s3cret-word' as int)      | PROTOCOL    | Data conversion error converting "***"
            selec 's3cret-word'                    | CHECK_ERROR | Syntax error in SQL statement
            select 's3cret-word                    | CHECK_ERROR | Syntax error in SQL statement
            select * from jobs where s3cret = 's3cret-word' | CHECK_ERROR | Column "S3CRET" not found
            """)
    void whatTheDatabaseSaysIsToldWithoutTheValues(String sql, FailureKind kind, String message) {
        CheckResult result = run(check.query(sql));

        assertThat(result.failure()).as(result.summary()).isEqualTo(kind);
        assertThat(result.message()).contains(message).contains("[SQLState ");
        assertThat(result.toString()).doesNotContainIgnoringCase("s3cret-word").doesNotContain("SQL statement:");
    }

    @Test
    void aStatementThatIsNoQueryIsRefusedAndChangesNothing() {
        CheckResult result = run(check.query("delete from jobs"));

        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(run(check.query("select * from jobs").expectRows(3, 3)).verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void endsTheTransactionThatItsQueryBegan() throws SQLException {
        source.on("DataSource.getConnection", real -> {
            Connection connection = (Connection) real.call();
            connection.setAutoCommit(false);
            return connection;
        });
        run(check.query("select * from jobs for update"));

        assertThat(source.calls())
                .containsSubsequence("PreparedStatement.close", "Connection.rollback", "Connection.close");
        source.on("DataSource.getConnection", real -> real.call());
        source.forget();
        run(check.query("select * from jobs"));
        assertThat(source.calls()).doesNotContain("Connection.rollback", "Connection.commit");
    }

    @Test
    void isEqualByItsOptions() {
        JdbcCheck query = check.query("select 1");

        assertThat(query)
                .isEqualTo(JdbcCheck.of(source).query("select 1"))
                .hasSameHashCodeAs(JdbcCheck.of(source).query("select 1"))
                .isNotEqualTo(check)
                .isNotEqualTo(check.query("select 2"))
                .isNotEqualTo(JdbcCheck.of(database.source()).query("select 1"))
                .isNotEqualTo(query.expectRows(1, 1))
                .isNotEqualTo(query.warnAbove(ofMillis(1)))
                .isNotEqualTo(query.describedAs("db"));
        assertThat(query.expect(RowExpectation.is("1"))
                        .expect(RowExpectation.atMost(2).orWarn()))
                .isEqualTo(query.expect(RowExpectation.is("1"))
                        .expect(RowExpectation.atMost(2).orWarn()))
                .isNotEqualTo(query.expect(RowExpectation.is("1"))
                        .expect(RowExpectation.atLeast(2).orWarn()))
                .isNotEqualTo(query.expect(RowExpectation.is("1")).expect(RowExpectation.atMost(2)));
    }

    @Test
    void showsWhatIsAskedWithoutValues() {
        assertThat(check.target()).isEqualTo("a connection");
        assertThat(check).hasToString("JDBC a connection");
        assertThat(check.query("select count(*)\nfrom users where token = 'x'").target())
                .isEqualTo("select count(*) from users where token = ***");
        assertThat(check.query("select 1").describedAs("orders").target()).isEqualTo("orders");
        assertThat(check.host()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n"})
    void refusesQueriesThatAreNone(String sql) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.query(sql))
                .withMessage("query must be a statement of 1 to 100000 characters such as 'select 1', but has "
                        + sql.length());
    }

    @Test
    void refusesWhatMakesNoSense() {
        JdbcCheck query = check.query("select 1");
        assertThatNullPointerException().isThrownBy(() -> JdbcCheck.of(null)).withMessage("dataSource");
        assertThatNullPointerException().isThrownBy(() -> check.query(null)).withMessage("query");
        assertThatIllegalStateException()
                .isThrownBy(() -> check.expect(row -> null))
                .withMessage("expect needs a query; give it first");
        assertThatIllegalStateException()
                .isThrownBy(() -> check.expectRows(1, 1))
                .withMessage("expectRows needs a query; give it first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query.expectRows(-1, 1))
                .withMessage("expectRows must begin with a number from 0 to 10000, but was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query.expectRows(2, 1))
                .withMessage("expectRows must end with a number from 2 to 10000, or with Integer.MAX_VALUE, but was 1");
        assertThatIllegalArgumentException().isThrownBy(() -> query.expectRows(1, 10_001));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query.warnAbove(Duration.ZERO))
                .withMessage("warnAbove must be at least PT0.001S, but was PT0S");
        assertThatIllegalStateException()
                .isThrownBy(() -> query.warnAbove(ofSeconds(1)).failAbove(ofSeconds(1)))
                .withMessage("warnAbove must be less than failAbove, but they were PT1S and PT1S");
        assertThatIllegalArgumentException().isThrownBy(() -> query.describedAs("a\nb"));
    }
}
