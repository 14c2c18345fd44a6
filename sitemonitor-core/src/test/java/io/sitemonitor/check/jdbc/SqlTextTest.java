package io.sitemonitor.check.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 1 | select 1",
                "select count(*) from t where a = 'secret' and b = 'x' | select count(*) from t where a = ***",
                "select E'it\\'s secret' | select E***",
                "select \"secret\" | select ***",
                "select $$secret$$ | select ***",
                "select $tag$secret$tag$ | select ***",
                "select 'secret | select ***",
                "call f(password=secret) | call f(password=***)"
            })
    void showsNothingFromTheFirstValueOn(String sql, String shown) {
        assertThat(new SqlText(sql)).hasToString(shown);
        assertThat(new SqlText(sql).shown()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 'abcd' | near 'abcd' at line 1 | near '***' at line 1",
                "select 'AbCd' | value ABCD is wrong | value *** is wrong",
                "select 'abcd', 'abcdef' | abcdef and abcd | *** and ***",
                "select 'it''s me here' | it's me here, s me here | it'***, ***",
                "select E'a\\'bcde' | invalid: bcde | invalid: ***",
                "select 'abcd | unterminated abcd | unterminated ***",
                "select 'ab[*]cd' | in ab[*][*]cd | in ***",
                "select 'abcd' | fro[*]m 'ab[*]cd' | from '***'",
                "select $$abcd$$ | abcd | ***",
                "select 'a' | a bad apple | a bad apple",
                "select 'x.*y' | x.*y xaay | *** xaay",
                "select 1 | //me:word@db | //me:***@db"
            })
    void masksValuesInWhatDriversSay(String sql, String said, String clean) {
        assertThat(new SqlText(sql).clean(said)).isEqualTo(clean);
    }
}
