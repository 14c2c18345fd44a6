package io.sitemonitor.target.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlSecretsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "jdbc:postgresql://db:5432/x?user=me&password=s3cret&ssl=true | jdbc:postgresql://db:5432/x?user=me&password=***&ssl=true",
                "jdbc:sqlserver://db;user=me;Password=s3cret;encrypt=true | jdbc:sqlserver://db;user=me;Password=***;encrypt=true",
                "pwd = 's3 cret', x | pwd = ***, x",
                "jdbc:mysql://me:s3c@re/t@db:3306/x | jdbc:mysql://me:***@db:3306/x",
                "jdbc:oracle:thin:scott/s3cret@//db:1521/x | jdbc:oracle:thin:scott/***@//db:1521/x",
                "trustStorePassword=s3cret) failed | trustStorePassword=***) failed",
                "Table SITES not found | Table SITES not found",
                "jdbc:postgresql://db:5432/x refused me@db | jdbc:postgresql://db:5432/x refused me@db"
            })
    void masksPasswordsAndNothingElse(String text, String masked) {
        assertThat(SqlSecrets.mask(text)).isEqualTo(masked);
    }

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
