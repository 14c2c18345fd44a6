package io.sitemonitor.target.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.BareDataSource;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.DefinitionChanges;
import io.sitemonitor.target.Targets;
import io.sitemonitor.target.Targets.Rejected;
import io.sitemonitor.target.internal.UrlCheck;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JdbcTargetsTest {

    private static final String QUERY = "select name, url, email, interval_seconds from sites order by id";

    private final JdbcDataSource dataSource = new JdbcDataSource();
    private final CountingDataSource counting = new CountingDataSource(dataSource);
    private final JdbcTargets targets = JdbcTargets.query(counting, QUERY, UrlCheck::of);
    private Connection keepAlive;

    @BeforeEach
    void createTable() throws SQLException {
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        keepAlive = dataSource.getConnection();
        sql("create table sites (id int auto_increment primary key, name varchar, url varchar, email varchar,"
                + " interval_seconds int)");
    }

    @AfterEach
    void everyConnectionWasGivenBack() throws SQLException {
        keepAlive.close();
        for (Connection connection : counting.given) {
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void makesChecksOfRows() throws Exception {
        sql("insert into sites (name, url, email, interval_seconds) values"
                + " ('storefront', 'https://shop.example/', 'owner@shop.example', 45),"
                + " ('gateway', 'https://gw.example/', null, null)");

        Targets read = targets.settings(c -> c.downAfter(2)).read();

        assertThat(read.rejected()).isEmpty();
        assertThat(read.checks())
                .containsExactly(
                        CheckDefinition.of(
                                "storefront",
                                new UrlCheck("https://shop.example/"),
                                c -> c.downAfter(2),
                                c -> c.every(Duration.ofSeconds(45)).contact("owner@shop.example")),
                        CheckDefinition.of(
                                "gateway", new UrlCheck("https://gw.example/"), c -> c.downAfter(2), c -> {}));
    }

    @Test
    void readsEqualChecksFromEqualRowsAndAChangeFromAChangedRow() throws Exception {
        sql("insert into sites (name, url, email, interval_seconds) values"
                + " ('storefront', 'https://shop.example/', 'owner@shop.example', 45)");
        Targets first = targets.read();

        assertThat(DefinitionChanges.between(first.checks(), targets.read().checks())
                        .isEmpty())
                .isTrue();

        sql("update sites set interval_seconds = 60");
        assertThat(DefinitionChanges.between(first.checks(), targets.read().checks())
                        .replaced())
                .hasSize(1);
    }

    @Test
    void namesABadRowAndUsesTheOthers() throws Exception {
        sql("insert into sites (name, url, email, interval_seconds) values"
                + " ('a', 'https://a.example/', null, 30),"
                + " ('b', 'nonsense', null, 30),"
                + " ('c', 'https://c.example/', null, 0),"
                + " ('a', 'https://again.example/', null, 30),"
                + " (null, 'https://d.example/', null, 30),"
                + " ('e', 'https://e.example/', null, 30)");

        Targets read = targets.read();

        assertThat(read.checks()).extracting(CheckDefinition::name).containsExactly("a", "e");
        assertThat(read.rejected())
                .extracting(Rejected::toString)
                .containsExactly(
                        "row 2 ('b'): url must begin with http:// or https://, but was 'nonsense'",
                        "row 3 ('c'): every must be at least PT0.1S, but was PT0S (check 'c')",
                        "row 4 ('a'): the name is taken already by row 1; give each check a name of its own",
                        "row 5: the name is missing");
    }

    @Test
    void takesColumnsByPositionAndNeedsOnlyTheFirstTwo() throws Exception {
        sql("insert into sites (name, url) values ('a', 'https://a.example/')");

        assertThat(query("select name as url, url as name from sites").read().checks())
                .extracting(CheckDefinition::name)
                .containsExactly("a");
        assertThat(query("select name, url, 'a@b' from sites").read().checks())
                .extracting(check -> check.settings().contacts())
                .containsExactly(List.of("a@b"));
        assertThat(query("select name, url, null, cast(90.5 as decimal(9, 2)), 'more' from sites")
                        .read()
                        .checks())
                .extracting(check -> check.settings().schedule().interval())
                .containsExactly(Duration.ofMillis(90_500));
    }

    @Test
    void givesNothingForAnEmptyTable() throws Exception {
        assertThat(targets.read()).isEqualTo(new Targets(List.of(), List.of()));
    }

    @Test
    void refusesMoreRowsThanAllowed() throws Exception {
        sql("insert into sites (name, url) select 'site-' || x, 'https://site.example/' || x from system_range(1, 3)");

        assertThat(targets.maxRows(3).read().checks()).hasSize(3);
        assertThatThrownBy(() -> targets.maxRows(2).read())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the query gives more than 2 rows; narrow it, or raise maxRows");
    }

    @Test
    void refusesAQueryOfOneColumn() {
        assertThatThrownBy(() -> query("select name from sites").read())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the query must give at least two columns, name and url in this order, but gives 1");
    }

    @Test
    void refusesAStatementThatIsNoQueryAndChangesNothing() throws Exception {
        sql("insert into sites (name, url) values ('a', 'https://a.example/')");

        assertThatThrownBy(() -> query("delete from sites").read()).isInstanceOf(SQLException.class);
        assertThat(targets.read().checks()).hasSize(1);
    }

    @Test
    void passesOnWhatTheDatabaseSays() {
        assertThatThrownBy(() -> query("select * from nowhere").read())
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("Table \"NOWHERE\" not found");
    }

    @Test
    void endsAQueryThatTakesTooLong() {
        JdbcTargets slow = query("select a.x, b.x, c.x from system_range(1, 100000) a, system_range(1, 100000) b,"
                        + " system_range(1, 100000) c where a.x + b.x + c.x < 0")
                .queryTimeout(Duration.ofMillis(1));

        assertThatThrownBy(slow::read)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("Statement was canceled or the session timed out");
    }

    @Test
    void endsTheTransactionThatADriverHasBegunBeforeItGivesTheConnectionBack() throws Exception {
        sql("insert into sites (name, url) values ('a', 'https://a.example/')");
        counting.autoCommit = false;

        assertThat(targets.read().checks()).hasSize(1);
        assertThat(counting.calls).containsSubsequence("rollback", "close");

        counting.autoCommit = true;
        counting.calls.clear();
        targets.read();
        assertThat(counting.calls).contains("close").doesNotContain("rollback");
    }

    @Test
    void boundsTimeAndRowsOfTheQuery() throws Exception {
        targets.read();
        assertThat(counting.calls).contains("setQueryTimeout 20", "setMaxRows 10001", "setFetchSize 500");

        targets.queryTimeout(Duration.ofMillis(2_001)).maxRows(7).read();
        assertThat(counting.calls).contains("setQueryTimeout 3", "setMaxRows 8", "setFetchSize 7");
    }

    @Test
    @DisplayName("Secrets: the password of a JDBC URL is in nothing that is thrown")
    void masksThePasswordOfAJdbcUrl() {
        String url = "jdbc:nowhere://db.example/sites?user=me&password=s3cret";
        JdbcTargets broken = JdbcTargets.query(
                new CountingDataSource(null) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        return DriverManager.getConnection(url);
                    }
                },
                QUERY,
                UrlCheck::of);

        assertThatThrownBy(broken::read)
                .isInstanceOf(SQLException.class)
                .hasMessage("No suitable driver found for jdbc:nowhere://db.example/sites?user=me&password=***")
                .hasNoCause()
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08001"));
    }

    @Test
    void isNamedAfterItsKindAndShowsItsQuery() {
        assertThat(targets.name()).isEqualTo("jdbc");
        assertThat(targets).hasToString("JdbcTargets[" + QUERY + "]");
    }

    @Test
    void refusesWrongValues() {
        assertThatThrownBy(() -> targets.maxRows(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxRows must be at least 1, but was 0");
        assertThatThrownBy(() -> targets.maxRows(1_000_001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxRows must be at most 1000000, but was 1000001");
        assertThatThrownBy(() -> targets.queryTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("queryTimeout must be at least PT0.001S, but was PT0S");
        assertThatThrownBy(() -> targets.queryTimeout(Duration.ofHours(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("queryTimeout must be at most PT1H, but was PT2H");
        assertThatThrownBy(() -> query(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "sql must be a query such as 'select name, url, email, interval_seconds from sites', but was"
                                + " empty");
        assertThatThrownBy(() -> targets.settings(c -> c.upAfter(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("upAfter must be at least 1, but was 0");
        assertThatThrownBy(() -> JdbcTargets.query(dataSource, null, UrlCheck::of))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("sql");
    }

    private JdbcTargets query(String sql) {
        return JdbcTargets.query(counting, sql, UrlCheck::of);
    }

    private void sql(String sql) throws SQLException {
        try (Statement statement = keepAlive.createStatement()) {
            statement.execute(sql);
        }
    }

    private static class CountingDataSource extends BareDataSource {

        private final DataSource delegate;
        private final List<Connection> given = new ArrayList<>();
        private final List<String> calls = new ArrayList<>();
        private boolean autoCommit = true;

        CountingDataSource(DataSource delegate) {
            this.delegate = delegate;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = delegate.getConnection();
            connection.setAutoCommit(autoCommit);
            given.add(connection);
            return recording(Connection.class, connection);
        }

        private <T> T recording(Class<T> type, T object) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        calls.add(
                                arguments != null && arguments.length == 1
                                        ? method.getName() + " " + arguments[0]
                                        : method.getName());
                        Object result;
                        try {
                            result = method.invoke(object, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                        return result instanceof PreparedStatement statement
                                ? recording(PreparedStatement.class, statement)
                                : result;
                    }));
        }
    }
}
