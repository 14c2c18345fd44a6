package io.sitemonitor.check.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContract;
import io.sitemonitor.check.FailureKind;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class JdbcCheckContractTest extends CheckContract {

    private final MemoryDatabase database = new MemoryDatabase();
    private final TrickyDataSource source = new TrickyDataSource(database.source());

    @AfterEach
    void everyConnectionIsClosed() throws SQLException {
        assertThat(source.allAreClosed()).isTrue();
        database.close();
    }

    @Override
    protected Check passing() {
        return JdbcCheck.of(source).query("select 1").expect(RowExpectation.is("1"));
    }

    @Override
    protected Check failing() {
        return JdbcCheck.of(source).query("select 612").expect(RowExpectation.atMost(500));
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.ASSERTION;
    }

    @Override
    protected String failingCause() {
        return "the first column is '612', not at most 500";
    }

    @Override
    protected Check hanging() {
        return JdbcCheck.of(source).query(MemoryDatabase.ENDLESS);
    }

    @Override
    protected Check secretive() {
        return JdbcCheck.of(source).query("select * fro users where token = 'h1dden-token' and note = 'a\nb'");
    }

    @Override
    protected List<String> secrets() {
        return List.of("h1dden-token", "t0p-s3cret", "\n");
    }
}
