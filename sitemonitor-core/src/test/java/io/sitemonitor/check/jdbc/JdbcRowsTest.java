package io.sitemonitor.check.jdbc;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an answer is read, and how it is judged. */
@Timeout(60)
class JdbcRowsTest {

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
    void showsTheFirstRowToExpectations() {
        AtomicReference<FirstRow> seen = new AtomicReference<>();
        run(check.query("select * from jobs order by id").expect(row -> {
            seen.set(row);
            return null;
        }));

        FirstRow row = seen.get();
        assertThat(row.columns()).isEqualTo(4);
        assertThat(row.rows()).isEqualTo(1);
        assertThat(row.number(1)).isEqualTo(BigDecimal.ONE);
        assertThat(row.number("Id")).isEqualTo(BigDecimal.ONE);
        assertThat(row.text("name")).isEqualTo("first");
        assertThat(row.text("large")).isEqualTo("x".repeat(FirstRow.MAX_TEXT));
        assertThat(row.text("bytes")).isEqualTo("(binary)");
        assertThat(row).hasToString("FirstRow[4 columns, 1 rows read]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> row.text(5))
                .withMessage("column must be from 1 to 4, but was 5");
        assertThatIllegalArgumentException().isThrownBy(() -> row.text(0));
        assertThatIllegalArgumentException().isThrownBy(() -> row.text("no")).withMessage("there is no column 'no'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> row.number("name"))
                .withMessage("column 2 is no number");
    }

    @Test
    void knowsNull() {
        AtomicReference<FirstRow> seen = new AtomicReference<>();
        run(check.query("select id as label, name, large, bytes, null from jobs where id = 2")
                .expect(row -> {
                    seen.set(row);
                    return null;
                }));

        assertThat(seen.get().text("label")).isEqualTo("2");
        for (int column = 2; column <= 5; column++) {
            assertThat(seen.get().text(column)).isNull();
            assertThat(seen.get().number(column)).isNull();
        }
    }

    @Test
    void readsNoMoreColumnsAndTextThanItKeeps() {
        AtomicReference<FirstRow> seen = new AtomicReference<>();
        String columns =
                IntStream.range(0, 100).mapToObj(i -> "repeat('z', 9000)").collect(Collectors.joining(", "));
        run(check.query("select " + columns).expect(row -> {
            seen.set(row);
            return null;
        }));

        assertThat(seen.get().columns()).isEqualTo(FirstRow.MOST_COLUMNS);
        assertThat(seen.get().text(64)).hasSize(FirstRow.MAX_TEXT);
    }

    @Test
    void refusesNumbersThatWouldTakeAllMemory() {
        AtomicReference<FirstRow> seen = new AtomicReference<>();
        run(check.query("select '1E999999999', '-7.5e2', repeat('9', 500), ' 12 '")
                .expect(row -> {
                    seen.set(row);
                    return null;
                }));

        assertThatIllegalArgumentException().isThrownBy(() -> seen.get().number(1));
        assertThat(seen.get().number(2)).isEqualByComparingTo("-750");
        assertThatIllegalArgumentException().isThrownBy(() -> seen.get().number(3));
        assertThat(seen.get().number(4)).isEqualByComparingTo("12");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select 500      | PASS: the query is answered
            select 501      | ASSERTION: the first column is '501', not at most 500
            select 500.01   | ASSERTION: the first column is '500.01', not at most 500
            select 'many'   | ASSERTION: the first column is 'many', not at most 500
            select null     | ASSERTION: the first column is null, not at most 500
            select 1 where false | ASSERTION: the query gives no row
            """)
    void judgesTheFirstColumn(String sql, String summary) {
        assertThat(found(check.query(sql).expect(RowExpectation.atMost(500)))).isEqualTo(summary);
    }

    @Test
    void judgesByAllExpectationsAndTheSternOnesFirst() {
        JdbcCheck query = check.query("select 3, 'OK'");

        assertThat(found(query.expect(RowExpectation.atLeast(3)))).startsWith("PASS");
        assertThat(found(query.expect(RowExpectation.atLeast(4))))
                .isEqualTo("ASSERTION: the first column is '3', not at least 4");
        assertThat(found(query.expect(RowExpectation.atLeast(4).orWarn())))
                .isEqualTo("WARN: the first column is '3', not at least 4");
        assertThat(found(query.expect(RowExpectation.atLeast(4).orWarn()).expect(RowExpectation.is("OK"))))
                .isEqualTo("ASSERTION: the first column is '3', not 'OK'");
        assertThat(found(query.expect(row -> row.text(3))))
                .startsWith("CHECK_ERROR: an expectation of the row threw")
                .contains("column must be from 1 to 2, but was 3");
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3, PASS: the query is answered, 3",
        "0, 3, PASS: the query is answered, 3",
        "4, 9, 'ASSERTION: 3 rows, fewer than 4', 3",
        "0, 2, ASSERTION: the query gives more than 2 rows, more than 2",
        "0, 0, ASSERTION: the query gives more than 0 rows, more than 0",
        "2, 2147483647, PASS: the query is answered, 2",
        "4, 2147483647, 'ASSERTION: 3 rows, fewer than 4', 3"
    })
    void countsRows(int least, int most, String summary, String rows) {
        CheckResult result = run(check.query("select * from jobs").expectRows(least, most));

        assertThat(result.summary()).isEqualTo(summary);
        assertThat(result.evidence().facts()).containsOnly(Map.entry("rows", rows));
    }
}
