package io.sitemonitor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/** Proves that each round of these tests runs with the version of Spring Boot that it is meant for. */
class SpringBootVersionTest {

    @Test
    void isTheOneOfThisRound() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("spring-boot.expected"));
    }
}
