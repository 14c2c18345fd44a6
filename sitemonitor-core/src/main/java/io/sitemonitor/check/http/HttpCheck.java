package io.sitemonitor.check.http;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.internal.AddressUse;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.FixedAddresses;
import io.sitemonitor.check.internal.Mask;
import io.sitemonitor.check.internal.SecondOpinion;
import io.sitemonitor.check.internal.Wording;
import io.sitemonitor.check.internal.http.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Passes if an HTTP server answers as expected.
 *
 * <pre>{@code
 * HttpCheck.get("https://shop.example/ping")
 *         .bearer(Secret.of(token))
 *         .expectStatus(200)
 *         .expectBody(containing("Welcome"))
 *         .warnAbove(ofMillis(800))
 * }</pre>
 *
 * <p>Each run makes its own connection, directly unless there is a {@link #proxy}, looks up the name anew (within what the
 * Java runtime caches), makes a full TLS handshake with TLS 1.2 or newer, verifies chain and host name, speaks HTTP/1.1
 * unless {@link #version} says otherwise, and closes the connection. Nothing is kept from one run to the next: no cookie,
 * no cached answer, no session; only a token of {@link #oauth2}.
 *
 * <p><b>Time:</b> the timeout of the run bounds all of it, redirects and body included.
 *
 * <p><b>Failure:</b> {@code DNS}, {@code CONNECT} (refused, unreachable, or lost before or during the answer), {@code TLS},
 * {@code TIMEOUT}, {@code PROTOCOL} (a broken or truncated answer, or a redirect that may not be followed),
 * {@code STATUS}, {@code ASSERTION} (body, latency or what else is expected), {@code TOO_LARGE}, {@code
 * REFUSED_BY_POLICY}. A head of more than 64 KiB is {@code TOO_LARGE} too: over HTTP/1.1 so are trailers, or whatever else
 * comes before the next piece of the body, and over HTTP/2 all that is not body together; over any version so is an answer that
 * takes 1 MiB more on the wire than its body may have.
 *
 * <p><b>Evidence:</b> the address connected to; the phases {@code dns}, {@code connect}, {@code tls}, {@code firstByte}
 * (from the request sent to the head received) and {@code body}, each added up over the redirects; the facts
 * {@code status}, {@code protocol}, {@code tls} (its version), after redirects {@code url} and {@code redirects}, and
 * {@code retry-after}; if status or body is not as expected, the beginning of the body.
 *
 * <p><b>Retry-After:</b> if an answer with 429 or 503 asks to be left alone, in seconds or until a date, the engine is
 * told so, whatever the verdict; more than 366 days are told as 366 days. A date is judged by the {@code Date} of the
 * answer if it has one. What is neither, and what is not in the future, asks for nothing. A redirect asks for nothing
 * either: there the header is about the redirected request.
 *
 * <p><b>Secrets:</b> user and password of the address, values of headers that are not commonplace, the body sent and
 * query parameters with names like {@code token} or {@code key} are shown nowhere, even if the server repeats them.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class HttpCheck implements Check {

    /** How many redirects are followed unless {@link #followRedirects} says otherwise. */
    public static final int DEFAULT_REDIRECTS = 5;

    /** The most that {@link #followRedirects} takes. */
    public static final int MOST_REDIRECTS = 20;

    /** How large a body may be unless {@link #maxBody} says otherwise: 512 KiB. */
    public static final int DEFAULT_MAX_BODY = 512 * 1024;

    /** The most that {@link #maxBody} takes: 4 MiB. */
    public static final int LARGEST_MAX_BODY = 4 * 1024 * 1024;

    private final Ask ask;
    private final Judgement judgement;
    private final Limits limits;
    private final Reach reach;
    private final List<String> shownHeaders;
    private final Wire wire;
    private final Request request;
    private final String target;
    private final Mask mask;

    private HttpCheck(Ask ask, Judgement judgement, Limits limits, Reach reach, List<String> shownHeaders, Wire wire) {
        this.ask = ask;
        this.judgement = judgement;
        this.limits = limits;
        this.reach = reach;
        this.shownHeaders = shownHeaders;
        this.wire = wire;
        request = ask.request();
        String shown = Urls.shown(ask.url());
        String written = ask.url().toString();
        target = shown.equals(written) ? written : shown; // most addresses hide nothing, and need no second text
        mask = Secrets.of(ask, request);
    }

    private HttpCheck with(Ask other) {
        return new HttpCheck(other, judgement, limits, reach, shownHeaders, wire);
    }

    private HttpCheck with(Judgement other) {
        return new HttpCheck(ask, other, limits, reach, shownHeaders, wire);
    }

    private HttpCheck with(Limits other) {
        return new HttpCheck(ask, judgement, other, reach, shownHeaders, wire);
    }

    private HttpCheck with(Reach other) {
        return new HttpCheck(ask, judgement, limits, other, shownHeaders, wire);
    }

    /** Another way that takes another client. */
    private HttpCheck over(Reach other) {
        return via(other, other.wire());
    }

    HttpCheck via(Reach other, Wire client) {
        return new HttpCheck(ask, judgement, limits, other, shownHeaders, client);
    }

    /**
     * Asks with {@code GET}.
     *
     * @param url an address that begins with {@code http://} or {@code https://}. User and password in it are sent as
     *     basic authentication and never shown
     * @return the check
     * @throws IllegalArgumentException if that is no such address
     */
    public static HttpCheck get(String url) {
        return method("GET", url);
    }

    /**
     * Asks with {@code HEAD}: the server answers without a body.
     *
     * @param url an address as {@link #get} takes it
     * @return the check
     * @throws IllegalArgumentException if that is no such address
     */
    public static HttpCheck head(String url) {
        return method("HEAD", url);
    }

    /**
     * Asks with {@code POST}, with an empty body unless {@link #body} gives one.
     *
     * @param url an address as {@link #get} takes it
     * @return the check
     * @throws IllegalArgumentException if that is no such address
     */
    public static HttpCheck post(String url) {
        return method("POST", url);
    }

    /**
     * Asks with any method.
     *
     * @param method the method in capital letters, such as {@code OPTIONS}; all but {@code CONNECT}
     * @param url an address as {@link #get} takes it
     * @return the check
     * @throws IllegalArgumentException if that is no method or no such address
     */
    public static HttpCheck method(String method, String url) {
        return new HttpCheck(Ask.of(method, url), Judgement.USUAL, Limits.USUAL, Reach.USUAL, List.of(), Wire.shared());
    }

    /**
     * Sends a header. One of the same name, whatever its case, is replaced, {@code User-Agent} included, which is
     * {@code sitemonitor/} and the version otherwise.
     *
     * <p>A redirect carries configured headers only within the origin (scheme, host and port) of the check's address.
     * With an {@code Accept-Encoding} of your own, the body is judged as it comes, not decompressed.
     *
     * <p>Default: {@code User-Agent: sitemonitor/} with the version of this library; at most 64 headers.
     *
     * @param name the name; not one that belongs to the connection, such as {@code Content-Length}
     * @param value the value: ASCII without control characters, at most 8,000 characters
     * @return a copy with that header
     * @throws IllegalArgumentException if name or value is not allowed, or there are more than 64 headers
     */
    public HttpCheck header(String name, String value) {
        return with(ask.header(name, value));
    }

    /**
     * Sends a header whose value is a secret, such as an API key: it is shown nowhere, and asked for anew with each run if
     * it is rotated. Otherwise as {@link #header(String, String)}.
     *
     * <p>Default: {@code User-Agent: sitemonitor/} with the version of this library; at most 64 headers.
     *
     * @param name the name
     * @param value the value: ASCII without control characters, at most 8,000 characters
     * @return a copy with that header
     * @throws IllegalArgumentException if the name is not allowed, or there are more than 64 headers
     */
    public HttpCheck header(String name, Secret value) {
        return with(ask.header(name, value));
    }

    /**
     * Adds a parameter to the query of the address, encoded as it has to be.
     *
     * <p>Default: what the address holds.
     *
     * @param name its name
     * @param value its value, which is shown unless the name is one like {@code token}
     * @return a copy with that parameter
     * @throws IllegalArgumentException if the address becomes longer than 8,000 characters
     */
    public HttpCheck query(String name, String value) {
        return with(ask.query(name, value));
    }

    /**
     * Adds a parameter whose value is a secret. It is not part of the {@link #target()}, and a redirect does not get it.
     *
     * <p>Default: what the address holds.
     *
     * @param name its name
     * @param value its value
     * @return a copy with that parameter
     */
    public HttpCheck query(String name, Secret value) {
        return with(ask.query(name, value));
    }

    /**
     * Signs in with user and password, sent with the first request (RFC 7617). They stay within the origin of the address,
     * as does everything with which a check signs in; the last of these options is the one that counts.
     *
     * <p>Default: no login.
     *
     * @param user the user, without a colon
     * @param password the password
     * @return a copy that signs in
     * @throws IllegalArgumentException if the user is empty, or holds a colon or control characters
     * @throws IllegalStateException if the address holds a user
     */
    public HttpCheck basic(String user, Secret password) {
        return with(ask.auth(new HttpAuth.Basic(user, Objects.requireNonNull(password, "password"))));
    }

    /**
     * Signs in with a token (RFC 6750).
     *
     * <p>Default: no login.
     *
     * @param token the token
     * @return a copy that signs in
     * @throws IllegalStateException if the address holds a user
     */
    public HttpCheck bearer(Secret token) {
        return with(ask.auth(new HttpAuth.Bearer(token)));
    }

    /**
     * Signs in with user and password once the server has asked for a digest of them (RFC 7616, with SHA-256 or MD5), which
     * takes a second request in each run.
     *
     * <p>Default: no login.
     *
     * @param user the user, without a colon
     * @param password the password
     * @return a copy that signs in
     * @throws IllegalArgumentException if the user is empty, or holds a colon or control characters
     * @throws IllegalStateException if the address holds a user
     */
    public HttpCheck digest(String user, Secret password) {
        return with(ask.auth(new HttpAuth.Digest(user, Objects.requireNonNull(password, "password"))));
    }

    /**
     * Signs in with a token that another server gives out.
     *
     * <p>Default: no login.
     *
     * @param source where the token comes from
     * @return a copy that signs in
     * @throws IllegalStateException if the address holds a user
     */
    public HttpCheck oauth2(OAuth2 source) {
        return with(ask.auth(new HttpAuth.OAuth(Objects.requireNonNull(source, "source"))));
    }

    /**
     * Makes sure that no cache on the way answers: the header {@code Cache-Control: no-cache}, and a parameter {@code _} of
     * the query with another value in each run.
     *
     * <p>Default: off.
     *
     * @return a copy that does
     */
    public HttpCheck bustCaches() {
        return with(ask.bustCaches());
    }

    /**
     * Sends a body of JSON; short for {@link #body} with {@code application/json}.
     *
     * <p>Default: no body.
     *
     * @param text the document, which is sent as it is
     * @return a copy with that body
     * @throws IllegalArgumentException if it is too long
     * @throws IllegalStateException if the method is {@code GET} or {@code HEAD}
     */
    public HttpCheck json(String text) {
        return body("application/json", text);
    }

    /**
     * Sends a body as forms do; short for {@link #body} with {@code application/x-www-form-urlencoded}.
     *
     * <p>Default: no body.
     *
     * @param fields names and values, sent in the order of the map
     * @return a copy with that body
     * @throws IllegalArgumentException if it is too long
     * @throws IllegalStateException if the method is {@code GET} or {@code HEAD}
     */
    public HttpCheck form(Map<String, String> fields) {
        return body("application/x-www-form-urlencoded", Ask.form(fields));
    }

    /**
     * Sends a body, encoded in the charset that the type names or else UTF-8.
     *
     * <p>A redirect that asks for it again in another origin is not followed: the run fails with {@code PROTOCOL}.
     *
     * <p>Default: no body.
     *
     * @param contentType its type, such as {@code application/json}
     * @param text the body, at most 1,048,576 characters
     * @return a copy with that body
     * @throws IllegalArgumentException if the type is none or the body too long
     * @throws IllegalStateException if the method is {@code GET} or {@code HEAD}
     */
    public HttpCheck body(String contentType, String text) {
        return with(ask.body(contentType, text));
    }

    /**
     * Expects a status. Several expectations add up: any of them will do.
     *
     * <p>Default: 200 to 299; and 300 to 399 as well if redirects are not followed. A redirect whose status is expected
     * is not followed.
     *
     * @param status the status, from 100 to 599
     * @return a copy with that expectation
     * @throws IllegalArgumentException if the status is outside its range
     */
    public HttpCheck expectStatus(int status) {
        return expectStatus(status, status);
    }

    /**
     * Expects a status within a range. Several expectations add up: any of them will do.
     *
     * <p>Default as with {@link #expectStatus(int)}.
     *
     * @param from the lowest status, from 100 to 599
     * @param to the highest status, from {@code from} to 599
     * @return a copy with that expectation
     * @throws IllegalArgumentException if a status is outside its range, or there are more than 32 expectations
     */
    public HttpCheck expectStatus(int from, int to) {
        return with(judgement.with(new Judgement.StatusRange(from, to)));
    }

    /**
     * Expects something of the body. Several expectations add up: all of them must hold.
     *
     * <p>Default: none; then at most 64 KiB of the body are read, and what follows is of no interest.
     *
     * @param expectation what is expected
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are more than 32 expectations
     */
    public HttpCheck expectBody(Expectation<? super String> expectation) {
        return with(judgement.body(expectation));
    }

    /**
     * Expects something of the answer beside status and body: headers, protocol, phases, size, encryption. Several
     * expectations add up: all of them must hold.
     *
     * <pre>{@code
     * .expect(header("Content-Type", containing("json")))
     * .expect(tls(validFor(ofDays(21))).orWarn())
     * }</pre>
     *
     * <p>Default: none.
     *
     * @param expectation what is expected, such as those of {@link HttpExpectation}
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are more than 32 expectations
     */
    public HttpCheck expect(Expectation<? super HttpAnswer> expectation) {
        return with(judgement.answer(expectation));
    }

    /**
     * Keeps a header of the answer as a fact, by its name in lower case.
     *
     * <p>Default: none. Names add up.
     *
     * @param name its name, in any case
     * @return a copy that keeps it
     * @throws IllegalArgumentException if there are more than 32
     */
    public HttpCheck showHeader(String name) {
        List<String> names = Expectations.append(shownHeaders, name);
        return new HttpCheck(ask, judgement, limits, reach, names, wire);
    }

    /**
     * Warns if it takes longer than this from the beginning of the run to the end of the body.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not less than {@link #failAbove}
     */
    public HttpCheck warnAbove(Duration limit) {
        return with(judgement.latency(judgement.latency().warn(limit)));
    }

    /**
     * Fails with {@code ASSERTION} if it takes longer than this from the beginning of the run to the end of the body.
     * The run goes on to its end; the timeout of the check is what ends it sooner.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not more than {@link #warnAbove}
     */
    public HttpCheck failAbove(Duration limit) {
        return with(judgement.latency(judgement.latency().fail(limit)));
    }

    /**
     * Follows this many redirects (301, 302, 303, 307 and 308) and judges the answer at their end. One more is a failure
     * of kind {@code PROTOCOL}, and so is one that leads from https to http or to neither.
     *
     * <p>Default 5, from 0 to 20. Zero means that a redirect is judged like any other answer.
     *
     * @param max the most redirects in one run
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     */
    public HttpCheck followRedirects(int max) {
        return with(limits.redirects(max));
    }

    /**
     * Follows redirects within the origin of the address only, at most {@value #DEFAULT_REDIRECTS} unless {@link
     * #followRedirects} said so before. One that leads to another scheme, host or port is a failure of kind {@code
     * PROTOCOL}.
     *
     * <p>Default: redirects are followed to other origins too, without anything that was configured.
     *
     * @return a copy that stays within the origin
     */
    public HttpCheck sameOriginRedirects() {
        return with(limits.sameOriginRedirects());
    }

    /**
     * Says whom to trust and what certificate to show.
     *
     * <p>Default: {@link TlsSettings#system()}.
     *
     * @param settings whom to trust, and what to show
     * @return a copy that does
     */
    public HttpCheck tls(TlsSettings settings) {
        return over(reach.tls(settings));
    }

    /**
     * Says which version of HTTP to speak.
     *
     * <p>Default: {@link HttpVersion#HTTP_1_1}.
     *
     * @param version which
     * @return a copy that speaks it
     * @throws IllegalStateException if it is {@link HttpVersion#HTTP_2_PRIOR_KNOWLEDGE} and the address is one of {@code
     *     https://}, or there is a proxy
     */
    public HttpCheck version(HttpVersion version) {
        if (version == HttpVersion.HTTP_2_PRIOR_KNOWLEDGE && ask.url().isHttps()) {
            throw new IllegalStateException("HTTP/2 without asking is for http:// only; use HTTP_2 for https://");
        }
        return over(reach.version(version));
    }

    /**
     * Asks through a proxy.
     *
     * <p>Default: directly, whatever the properties of the Java process say.
     *
     * @param proxy the proxy
     * @return a copy that does
     * @throws IllegalStateException if HTTP/2 is to be spoken without asking
     */
    public HttpCheck proxy(HttpProxy proxy) {
        return over(reach.proxy(proxy));
    }

    /**
     * Connects over one version of the Internet Protocol only.
     *
     * <p>Default: {@link IpFamily#EITHER}.
     *
     * @param family which
     * @return a copy that does
     */
    public HttpCheck family(IpFamily family) {
        return with(reach.family(family));
    }

    /**
     * Asks somebody else than the system for addresses, those of redirects too.
     *
     * <p>Default: the system.
     *
     * @param resolver whom to ask
     * @return a copy that asks it
     */
    public HttpCheck resolver(Resolver resolver) {
        return with(reach.resolver(resolver));
    }

    /**
     * Connects to this address whatever the name of the host means, to check one server of many; the name stays what is
     * asked for and what the certificate is verified for. To be used with {@link #followRedirects} of zero or {@link
     * #sameOriginRedirects}, since other hosts would be taken to be there too.
     *
     * <p>Default: the addresses of the name.
     *
     * @param address an address written in figures
     * @param more further ones, to be tried in this order
     * @return a copy that connects there
     * @throws IllegalArgumentException if one is no address
     */
    public HttpCheck address(String address, String... more) {
        return resolver(FixedAddresses.of(address, more));
    }

    /**
     * Asks each address of the name, one after the other, each for its share of the timeout: all must answer as expected. The
     * facts {@code address1}, {@code address2} and so on tell what became of each. If all of them redirect, the run
     * goes on where the last one leads.
     *
     * <p>Default: off. Takes the place of {@link #confirmByOtherAddress}, and the other way round.
     *
     * @return a copy that asks each
     */
    public HttpCheck everyAddress() {
        return with(reach.use(AddressUse.EVERY));
    }

    /**
     * Gives up on an address that does not accept a connection in this time; the next one of the name is tried then.
     *
     * <p>Default: each address gets a fair share of what is left of the run's timeout; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time for one address
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     */
    public HttpCheck connectTimeout(Duration limit) {
        return with(reach.connectTimeout(Wording.requireLimit("connectTimeout", limit)));
    }

    /**
     * Fails with {@code TOO_LARGE} if a body that must be judged is larger than this after decompression. Without an
     * expectation about the body this has no effect. A body is held as text, which takes up to four times as much while it
     * is made: with the default no answer makes a run hold more than 4 MiB.
     *
     * <p>Default 512 KiB, from 1 byte to 4 MiB.
     *
     * @param bytes the largest body, in bytes
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     */
    public HttpCheck maxBody(long bytes) {
        return with(limits.maxBody(bytes));
    }

    /**
     * Asks another address of the name before the run says that it failed, so that "one of two addresses fails" can be told
     * from "it is down". Without effect if the name has one address only.
     *
     * <p>This is done for the failures {@code CONNECT}, {@code TLS}, {@code TIMEOUT}, {@code PROTOCOL}, {@code STATUS} and
     * {@code ASSERTION}, which may belong to one address; not for {@code DNS}, {@code TOO_LARGE}, {@code CHECK_ERROR} and
     * {@code REFUSED_BY_POLICY}, and not for a status of 429, which asks for fewer requests. The request is made again as
     * it was, a {@code POST} too; after a redirect, through another address of the host to which it led.
     *
     * <p>If the other address works, the result is {@code WARN} and its message says which address fails; so it is if an
     * address that refuses the connection is merely passed over. If it fails as well, the result is {@code FAIL} with the
     * kind and the evidence of the first failure, and the message names both. The facts {@code address1},
     * {@code address2} and so on tell what became of each address that was asked.
     *
     * <p>The first address asked is the one that the lookup names first, then come those of the other address family,
     * then the rest; at most two that accept a connection are asked. Each may take half of what is left of the timeout
     * while there is another to ask, and the last one all of it: so a server of a name with two
     * addresses has to answer within half of the timeout. {@link #warnAbove} and {@link #failAbove} leave out the time
     * lost on addresses that failed.
     *
     * <p>Default: off; then an address that does not accept a connection is passed over silently, and no other failure
     * leads to another address.
     *
     * @return a copy that asks for a second opinion
     */
    public HttpCheck confirmByOtherAddress() {
        return with(reach.use(AddressUse.CONFIRM));
    }

    /** The same request with the cookies of a run of several. */
    HttpCheck keeping(RunCookies jar) {
        return new HttpCheck(ask, judgement, limits, reach.keeping(jar), shownHeaders, wire);
    }

    HttpCheck over(Wire other) {
        return via(reach, other);
    }

    Ask ask() {
        return ask;
    }

    Judgement judgement() {
        return judgement;
    }

    Limits limits() {
        return limits;
    }

    Wire wire() {
        return wire;
    }

    Request request() {
        return request;
    }

    Reach reach() {
        return reach;
    }

    List<String> shownHeaders() {
        return shownHeaders;
    }

    /** Hides the secrets that are the same with each run. */
    Mask mask() {
        return mask;
    }

    @Override
    public CheckResult run(CheckContext context) {
        return new HttpRun(this, context).run();
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public String target() {
        return target;
    }

    /**
     * Returns the host of the address, which is not that of a redirect.
     *
     * @return the host in lower case, without a port; an address of IPv6 without brackets
     */
    @Override
    public String host() {
        return ask.url().host();
    }

    @Override
    public boolean isInsecure() {
        return reach.tls().isInsecure();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpCheck that
                && ask.equals(that.ask)
                && judgement.equals(that.judgement)
                && limits.equals(that.limits)
                && reach.equals(that.reach)
                && shownHeaders.equals(that.shownHeaders);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ask, judgement, limits, reach);
    }

    @Override
    public String toString() {
        String text = ask.method() + " " + target;
        return switch (reach.use()) {
            case FIRST -> text;
            case CONFIRM -> text + " " + SecondOpinion.ASKED_FOR;
            case EVERY -> text + " (every address)";
        };
    }
}
