package io.sitemonitor.check.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SqlSecretsTest {

    @Test
    void keepsAnExceptionThatTellsNoSecret() {
        SQLException harmless = new SQLException("refused", new IllegalStateException("no"));

        assertThat(SqlSecrets.without(harmless)).isSameAs(harmless);
    }

    @Test
    void replacesAnExceptionThatTellsASecretAnywhere() {
        SQLException chained = new SQLException("first", "08001", 17);
        chained.setNextException(new SQLException("password=s3cret"));
        SQLException suppressed = new SQLException("outer", "08001", 17);
        suppressed.addSuppressed(new IllegalStateException("password=s3cret"));
        SQLException caused = new SQLException("outer", "08001", 17, new RuntimeException("url ?password=s3cret"));

        for (SQLException thrown : new SQLException[] {chained, suppressed, caused}) {
            Exception safe = SqlSecrets.without(thrown);
            StringWriter trace = new StringWriter();
            safe.printStackTrace(new PrintWriter(trace));

            assertThat(trace.toString()).doesNotContain("s3cret");
            assertThat(safe.getStackTrace()).isEqualTo(thrown.getStackTrace());
            assertThat(((SQLException) safe).getSQLState()).isEqualTo("08001");
            assertThat(((SQLException) safe).getErrorCode()).isEqualTo(17);
        }
        assertThat(SqlSecrets.without(caused)).hasMessage("outer (caused by url ?password=***)");
    }

    @Test
    void replacesWhatAPoolThrows() {
        RuntimeException pool = new IllegalStateException("jdbc:x://me:s3cret@db/x is down");

        assertThat(SqlSecrets.without(pool))
                .isInstanceOf(SQLException.class)
                .hasMessage("jdbc:x://me:***@db/x is down");
        assertThat(SqlSecrets.without(new IllegalStateException("down", new RuntimeException("pwd=s3cret"))))
                .hasMessage("down (caused by pwd=***)")
                .hasNoCause();
    }
}
