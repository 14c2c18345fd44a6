package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

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
                "no jdbc:mysql://me:one$1@db, nor (http://me:two@@db:1/x) | no jdbc:mysql://me:***@db, nor (http://me:***@db:1/x)",
                "JDBC:ORACLE:oci:scott/s3cret@db and jdbc:oracle:thin:@db | JDBC:ORACLE:oci:scott/***@db and jdbc:oracle:thin:@db",
                "//:s3cret@db | //:***@db",
                "Table SITES not found | Table SITES not found",
                "jdbc:postgresql://db:5432/x refused me@db | jdbc:postgresql://db:5432/x refused me@db"
            })
    void masksPasswordsAndNothingElse(String text, String masked) {
        assertThat(Credentials.mask(text)).isEqualTo(masked);
    }

    @Test
    @Timeout(120)
    void isDoneWithAHostileTextToo() {
        for (String piece :
                new String[] {"//a:", "//", "jdbc:oracle:thin:", "jdbc:oracle:a:a/", "password=", "pwd =\""}) {
            String hostile = piece.repeat(1_000_000 / piece.length());
            assertThat(Credentials.mask("@ " + hostile + "@")).startsWith("@ ");
        }
    }
}
