package io.sitemonitor.check.jdbc;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.testing.ManualTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a run may take, and how long it may wait for its connection. */
@Timeout(60)
class JdbcLatencyTest {

    private final MemoryDatabase database = new MemoryDatabase();
    private final TrickyDataSource source = new TrickyDataSource(database.source());
    private final JdbcCheck valid = JdbcCheck.of(source);
    private final JdbcCheck query = valid.query("select 1");

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void judgesHowLongItTakes() {
        FixedContext slow = FixedContext.of(ofSeconds(20), new SteppingTime(ofMillis(100)));
        FixedContext fast = FixedContext.of(ofSeconds(20), new SteppingTime(Duration.ZERO));

        assertThat(query.warnAbove(ofMillis(10)).failAbove(ofHours(1)).run(slow).summary())
                .matches("WARN: the query is answered in [0-9]+ ms, more than 10 ms");
        assertThat(query.failAbove(ofMillis(10)).run(slow).summary())
                .matches("ASSERTION: the query is answered in [0-9]+ ms, more than 10 ms");
        assertThat(query.expect(row -> "odd").warnAbove(ofMillis(1)).run(slow).summary())
                .as("an expectation that fails says more")
                .isEqualTo("ASSERTION: odd");
        Expectation<FirstRow> odd = row -> "odd";
        assertThat(query.expect(odd.orWarn()).failAbove(ofMillis(10)).run(slow).failure())
                .isEqualTo(FailureKind.ASSERTION);
        assertThat(query.warnAbove(ofMillis(10)).run(fast).verdict()).isEqualTo(Verdict.PASS);
        assertThat(valid.warnAbove(ofMillis(10)).run(slow).summary())
                .matches("WARN: the connection is valid in [0-9]+ ms, more than 10 ms");
    }

    @Nested
    class Waiting {

        private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);

        private CheckResult run(JdbcCheck check) {
            return check.run(FixedContext.of(ofSeconds(20), time));
        }

        private void givesAfter(Duration wait) {
            source.on("DataSource.getConnection", real -> {
                time.advance(wait);
                return real.call();
            });
        }

        @Test
        void isJudgedByItsOwnLimits() {
            for (JdbcCheck check : new JdbcCheck[] {valid, query}) {
                JdbcCheck limited = check.warnWhenWaiting(ofMillis(200)).failWhenWaiting(ofSeconds(2));
                givesAfter(ofMillis(200));
                assertThat(run(limited).verdict()).isEqualTo(Verdict.PASS);
                assertThat(run(limited).evidence().phases()).containsEntry("connect", ofMillis(200));
                givesAfter(ofMillis(201));
                assertThat(run(limited).summary())
                        .isEqualTo("WARN: the connection was given in 201 ms, more than 200 ms");
                givesAfter(ofMillis(2_500));
                assertThat(run(limited).summary())
                        .isEqualTo("ASSERTION: the connection was given in 2.5 s, more than 2 s");
                assertThat(run(check).verdict()).as("no limit").isEqualTo(Verdict.PASS);
            }
        }

        @Test
        void isNotTheTimeOfTheQuery() {
            givesAfter(Duration.ZERO);
            source.on("PreparedStatement.executeQuery", real -> {
                time.advance(ofSeconds(3));
                return real.call();
            });

            assertThat(run(query.failWhenWaiting(ofSeconds(2))).verdict()).isEqualTo(Verdict.PASS);
            assertThat(run(query.failWhenWaiting(ofSeconds(2)).warnAbove(ofSeconds(2)))
                            .summary())
                    .isEqualTo("WARN: the query is answered in 3 s, more than 2 s");
        }

        @Test
        void countsForLessThanAWrongAnswerAndForMoreThanTheWhole() {
            givesAfter(ofSeconds(3));
            JdbcCheck limited = query.failWhenWaiting(ofSeconds(2));
            Expectation<FirstRow> odd = row -> "odd";

            assertThat(run(limited.expect(odd)).summary()).isEqualTo("ASSERTION: odd");
            assertThat(run(limited.expect(odd.orWarn())).summary())
                    .startsWith("ASSERTION: the connection was given in");
            assertThat(run(query.warnWhenWaiting(ofSeconds(2)).expect(odd.orWarn()))
                            .summary())
                    .isEqualTo("WARN: odd");
            assertThat(run(limited.failAbove(ofSeconds(1))).summary())
                    .startsWith("ASSERTION: the connection was given in");
            assertThat(run(query.warnWhenWaiting(ofSeconds(2)).failAbove(ofSeconds(1)))
                            .summary())
                    .isEqualTo("ASSERTION: the query is answered in 3 s, more than 1 s");
            assertThat(run(limited.query("select nonsense")).failure()).isEqualTo(FailureKind.CHECK_ERROR);
        }

        @Test
        void forAConnectionOfARealPoolThatIsTaken() throws Exception {
            JdbcConnectionPool pool = JdbcConnectionPool.create(database.source());
            pool.setMaxConnections(1);
            TrickyDataSource seen = new TrickyDataSource(pool);
            Connection taken = pool.getConnection();
            FutureTask<CheckResult> waiting =
                    new FutureTask<>(() -> run(JdbcCheck.of(seen).failWhenWaiting(ofSeconds(1))));
            Thread thread = new Thread(waiting);
            thread.setDaemon(true);
            thread.start();
            await().until(() -> seen.count("DataSource.getConnection") == 1);

            time.advance(ofSeconds(7));
            taken.close();

            assertThat(waiting.get(20, TimeUnit.SECONDS).summary())
                    .isEqualTo("ASSERTION: the connection was given in 7 s, more than 1 s");
            assertThat(pool.getActiveConnections()).isZero();
            pool.dispose();
        }

        @Test
        void hasLimitsThatFitEachOther() {
            assertThat(valid.warnWhenWaiting(ofSeconds(1)))
                    .isEqualTo(valid.warnWhenWaiting(ofSeconds(1)))
                    .isNotEqualTo(valid.failWhenWaiting(ofSeconds(1)))
                    .isNotEqualTo(valid.warnAbove(ofSeconds(1)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> valid.warnWhenWaiting(Duration.ZERO))
                    .withMessage("warnWhenWaiting must be at least PT0.001S, but was PT0S");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> valid.failWhenWaiting(ofHours(2)))
                    .withMessage("failWhenWaiting must be at most PT1H, but was PT2H");
            assertThatIllegalStateException()
                    .isThrownBy(() -> valid.warnWhenWaiting(ofSeconds(1)).failWhenWaiting(ofSeconds(1)))
                    .withMessage("warnWhenWaiting must be less than failWhenWaiting, but they were PT1S and PT1S");
        }
    }
}
