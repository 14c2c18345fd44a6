package io.sitemonitor.check.http;

import static io.sitemonitor.check.TextExpectation.containing;
import static io.sitemonitor.check.http.BodyExpectation.json;
import static io.sitemonitor.check.http.BodyExpectation.jsonPath;
import static io.sitemonitor.check.http.BodyExpectation.matching;
import static io.sitemonitor.check.http.BodyExpectation.xpath;
import static io.sitemonitor.check.http.HttpExpectation.bodySize;
import static io.sitemonitor.check.http.HttpExpectation.header;
import static io.sitemonitor.check.http.HttpExpectation.noHeader;
import static io.sitemonitor.check.http.HttpExpectation.phase;
import static io.sitemonitor.check.http.HttpExpectation.protocol;
import static io.sitemonitor.check.http.HttpExpectation.tls;
import static io.sitemonitor.check.http.ValueExpectation.absent;
import static io.sitemonitor.check.http.ValueExpectation.atLeast;
import static io.sitemonitor.check.http.ValueExpectation.atMost;
import static io.sitemonitor.check.http.ValueExpectation.equalTo;
import static io.sitemonitor.check.http.ValueExpectation.notEqualTo;
import static io.sitemonitor.check.http.ValueExpectation.present;
import static io.sitemonitor.check.http.ValueExpectation.text;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.TlsExpectation;
import io.sitemonitor.check.internal.Expectations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpExpectationTest {

    private static final String JSON = """
            {"status":"UP","queue":{"waiting":500,"share":0.5,"big":1e3},"none":null,"list":["a","b"],"yes":true}
            """;

    private static final String XML =
            "<?xml version=\"1.0\"?><health><status>UP</status><node up=\"true\"/><node up=\"false\"/></health>";

    private static final HttpAnswer ANSWER = new HttpAnswer(
            200,
            "HTTP/1.1",
            Map.of("server", List.of("nginx"), "vary", List.of("accept", "origin"), "x-empty", List.of("")),
            Map.of("connect", ofMillis(20), "firstByte", ofMillis(300)),
            1_000,
            null);

    @Test
    void judgesHeadersPhasesProtocolAndSize() throws Exception {
        holds(header("Server", "nginx"), ANSWER);
        holds(header("VARY", "origin"), ANSWER);
        holds(header("vary", containing("ori")), ANSWER);
        holds(noHeader("X-Powered-By"), ANSWER);
        holds(protocol("HTTP/1.1"), ANSWER);
        holds(phase("connect", ofMillis(20)), ANSWER);
        holds(phase("tls", ofMillis(1)), ANSWER);
        holds(bodySize(1_000, 1_000), ANSWER);

        objects(header("Server", "apache"), ANSWER, "header Server is 'nginx', not 'apache'");
        objects(header("X-A", "1"), ANSWER, "header X-A is missing");
        objects(header("X-A", containing("1")), ANSWER, "header X-A is missing");
        objects(header("vary", containing("z")), ANSWER, "header vary: answer does not contain 'z'");
        objects(noHeader("Server"), ANSWER, "header Server is 'nginx'");
        objects(noHeader("X-Empty"), ANSWER, "header X-Empty is ''");
        objects(protocol("HTTP/2"), ANSWER, "server speaks HTTP/1.1, not HTTP/2");
        objects(phase("firstByte", ofMillis(200)), ANSWER, "phase firstByte took 300 ms, more than 200 ms");
        objects(bodySize(1_001, 2_000), ANSWER, "body has 1000 bytes, less than 1001");
        objects(bodySize(0, 999), ANSWER, "body has more than 999 bytes");
        objects(tls(TlsExpectation.validFor(ofDays(1))), ANSWER, "connection is not encrypted");
    }

    @Test
    void judgesValuesInJson() throws Exception {
        holds(json("/status", equalTo("UP")), JSON);
        holds(json("/queue/waiting", equalTo("500.0")), JSON);
        holds(json("/queue/big", equalTo("1000")), JSON);
        holds(json("/queue/waiting", atMost(500)), JSON);
        holds(json("/queue/share", atLeast(0.5)), JSON);
        holds(json("/list/1", equalTo("b")), JSON);
        holds(json("/list", equalTo("[\"a\",\"b\"]")), JSON);
        holds(json("/yes", equalTo("true")), JSON);
        holds(json("/none", absent()), JSON);
        holds(json("/gone/deep", absent()), JSON);
        holds(json("/gone", notEqualTo("x")), JSON);
        holds(json("", present()), JSON);
        holds(json("/status", text(containing("U"))), JSON);

        objects(json("/status", equalTo("DOWN")), JSON, "value at /status is 'UP', not 'DOWN'");
        objects(json("/status", notEqualTo("UP")), JSON, "value at /status is 'UP'");
        objects(json("/queue/waiting", atMost(499)), JSON, "value at /queue/waiting is '500', more than 499.0");
        objects(json("/queue/waiting", atLeast(501)), JSON, "value at /queue/waiting is '500', less than 501.0");
        objects(json("/status", atLeast(1)), JSON, "value at /status is 'UP', which is no number");
        objects(json("/gone", present()), JSON, "value at /gone is missing");
        objects(json("/none", equalTo("null")), JSON, "value at /none is missing");
        objects(json("/status", absent()), JSON, "value at /status is 'UP', but should not be there");
        objects(json("/status", text(containing("x"))), JSON, "value at /status: answer does not contain 'x'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}{}", "{\"a\":1}x", "<html>", "{\"a\":1,\"a\":2}", "nul", "[1,]", "\u0000"})
    void saysThatABodyIsNoJson(String body) throws Exception {
        objects(json("/a", present()), body, "body is no JSON");
        objects(jsonPath("$.a", present()), body, "body is no JSON");
    }

    @Test
    void deepOrLongJsonIsNotRead() throws Exception {
        String beyond = "body is JSON beyond what is read: 20,000 tokens, 100 levels, 100 digits a number";
        objects(json("/a", present()), "[".repeat(100_000), beyond);
        objects(json("/a", present()), "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000), beyond);
        objects(json("/a", present()), "{\"a\":" + "9".repeat(10_000) + "}", beyond);
        objects(json("/0", present()), "[" + "1,".repeat(20_000) + "1]", beyond);
        objects(jsonPath("$[0]", present()), "[" + "1,".repeat(20_000) + "1]", beyond);
        holds(json("/0", present()), "[" + "1,".repeat(19_000) + "1]");
        objects(json("/a", atMost(1)), "{\"a\":1e999999999}", "value at /a is '1E+999999999', which is no number");
    }

    @Test
    void judgesWhatAJsonPathFinds() throws Exception {
        holds(jsonPath("$.status", equalTo("UP")), JSON);
        holds(jsonPath("$.list[*]", text(matching("^[ab]$"))), JSON);
        holds(jsonPath("$.list.length()", equalTo("2")), JSON);
        holds(jsonPath("$.gone", absent()), JSON);
        holds(jsonPath("$..gone", absent()), JSON);

        objects(jsonPath("$.list[*]", equalTo("a")), JSON, "value at $.list[*] is 'b', not 'a'");
        objects(jsonPath("$.gone.deep", present()), JSON, "value at $.gone.deep is missing");
        objects(jsonPath("$..gone", present()), JSON, "value at $..gone is missing");
    }

    @Test
    void judgesWhatAnXPathFinds() throws Exception {
        holds(xpath("/health/status", equalTo("UP")), XML);
        holds(xpath("count(//node)", equalTo("2")), XML);
        holds(xpath("//node[1]/@up", equalTo("true")), XML);
        holds(xpath("//gone", absent()), XML);
        objects(xpath("//node[2]/@up", equalTo("true")), XML, "value at //node[2]/@up is 'false', not 'true'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<a>",
                "{}",
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>&e;</a>",
                "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><a>&b;</a>",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>"
            })
    void saysThatABodyIsNoXmlOrHasATypeDefinition(String body) throws Exception {
        objects(xpath("/a", present()), body, "body is no XML without a type definition");
    }

    @Test
    void xmlOfVeryManyTagsOrAttributesIsNotRead() throws Exception {
        String beyond = "body has more than 10,000 tags and attributes, too many for an XPath";
        objects(xpath("/a", present()), "<a>" + "<b/>".repeat(10_000) + "</a>", beyond);
        objects(xpath("/a", present()), "<a>" + "<b c=''/>".repeat(5_000) + "</a>", beyond);
        holds(xpath("count(/a/b)", equalTo("4000")), "<a>" + "<b c=''/>".repeat(4_000) + "</a>");
    }

    @Test
    void matchesPatternsWithinABoundedNumberOfSteps() throws Exception {
        holds(matching("^Wel.ome$"), "Welcome");
        holds(matching("(?m)^b$"), "a\nb\nc");
        objects(matching("^b$"), "abc", "body does not match '^b$'");

        CheckResult result = Expectations.judge(List.of(matching(".*.*.*.*.*=x")), "a".repeat(500), "body");
        assertThat(result).isNotNull();
        assertThat(result.summary())
                .startsWith("CHECK_ERROR: an expectation of the body threw java.lang.IllegalStateException: the pattern"
                        + " needs more than 10000000 steps");
        CheckResult deep = Expectations.judge(List.of(matching("(a|b)*c")), "ab".repeat(500_000), "body");
        assertThat(deep).as("a stack that overflows").isNotNull();
        assertThat(deep.summary()).startsWith("CHECK_ERROR: an expectation of the body threw ");
    }

    @Test
    void onlyWarnsWhereItIsAskedTo() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            HttpCheck check = HttpCheck.get(server.url("/").toString());
            server.enqueue(ok());
            assertThat(run(check.expectBody(BodyExpectation.containing("x").orWarn()))
                            .summary())
                    .isEqualTo("WARN: body does not contain 'x'");
            server.enqueue(ok());
            assertThat(run(check.expectBody(BodyExpectation.containing("x").orWarn())
                                    .expect(noHeader("Content-Length")))
                            .summary())
                    .isEqualTo("ASSERTION: header Content-Length is '2'");
            server.enqueue(ok());
            assertThat(run(check.expect(noHeader("Content-Length").orWarn())).summary())
                    .isEqualTo("WARN: header Content-Length is '2'");
            server.enqueue(ok());
            assertThat(run(check.maxBody(1).expect(bodySize(0, 1))).summary())
                    .as("what is left unread is more")
                    .isEqualTo("ASSERTION: body has more than 1 bytes");
            server.enqueue(ok());
            assertThat(run(check.maxBody(2).expect(bodySize(2, 2))).summary()).isEqualTo("PASS: HTTP 200");
            server.enqueue(ok());
            assertThat(run(check.expect(header("X-A", containing("x").orWarn())))
                            .summary())
                    .isEqualTo("WARN: header X-A is missing");
            server.enqueue(ok());
            assertThat(run(check.expect(answer -> "nothing is right")
                                    .expect(noHeader("Content-Length").orWarn()))
                            .summary())
                    .isEqualTo("ASSERTION: nothing is right");
            server.enqueue(ok());
            FixedContext slow = FixedContext.of(ofSeconds(20), new SteppingTime(ofMillis(100)));
            assertThat(check.expect(noHeader("Content-Length").orWarn())
                            .failAbove(ofMillis(1))
                            .run(slow)
                            .summary())
                    .startsWith("ASSERTION: HTTP 200 in ");
        }
    }

    @Test
    void keepsHeadersAsFacts() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(new MockResponse.Builder()
                    .addHeader("X-Request-Id", "7")
                    .body("ok")
                    .build());
            assertThat(run(HttpCheck.get(server.url("/").toString())
                                    .showHeader("x-request-ID")
                                    .showHeader("X-None"))
                            .evidence()
                            .facts())
                    .containsEntry("x-request-id", "7")
                    .doesNotContainKey("x-none");
        }
    }

    @Test
    void refusesWhatIsNoExpectation() {
        refused(() -> json("status", present()), "pointer must be a JSON Pointer such as /status, but was 'status'");
        refused(() -> jsonPath("$.[", present()), "path must be a JSON path such as $.status, but was '$.['");
        refused(() -> xpath("//[", present()), "path must be an XPath such as /health/status, but was '//['");
        refused(() -> matching("("), "the pattern expected in a body must be a regular expression, but was '(': ");
        refused(() -> protocol("HTTP/3"), "the protocol expected must be one of [HTTP/1.1, HTTP/2], but was 'HTTP/3'");
        refused(
                () -> phase("wait", Duration.ofSeconds(1)),
                "the phase must be one of [dns, connect, tls, firstByte, body], but was 'wait'");
        refused(() -> bodySize(2, 1), "bodySize must be from 0 bytes up, the smaller first, but was 2 to 1");
        refused(() -> atLeast(Double.NaN), "the number expected must be finite, but was NaN");
        refused(() -> header(" ", "x"), "the name of a header must not be empty");
    }

    @Test
    void areEqualByWhatTheyExpect() {
        List<Expectation<?>> different = List.of(
                json("/a", present()),
                json("/b", present()),
                json("/a", absent()),
                json("/a", equalTo("1")),
                json("/a", equalTo("2")),
                json("/a", equalTo("2")).orWarn(),
                jsonPath("$.a", present()),
                xpath("/a", present()),
                matching("a"),
                header("a", "b"),
                header("a", containing("b")),
                noHeader("a"));

        assertThat(different).doesNotHaveDuplicates();
        assertThat(json("/a", equalTo("2")).orWarn())
                .isEqualTo(json("/a", equalTo("2")).orWarn());
        assertThat(jsonPath("$.a", present())).isEqualTo(jsonPath("$.a", present()));
        assertThat(matching("a")).isEqualTo(matching("a")).hasSameHashCodeAs(matching("a"));
    }

    private static <T> void holds(Expectation<? super T> expectation, T actual) throws Exception {
        assertThat(expectation.objection(actual)).as(expectation.toString()).isNull();
    }

    private static <T> void objects(Expectation<? super T> expectation, T actual, String objection) throws Exception {
        assertThat(expectation.objection(actual)).isEqualTo(objection);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }

    private static MockResponse ok() {
        return new MockResponse.Builder().body("ok").build();
    }

    private static CheckResult run(HttpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
