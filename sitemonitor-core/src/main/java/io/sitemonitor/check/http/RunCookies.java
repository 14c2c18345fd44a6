package io.sitemonitor.check.http;

import io.sitemonitor.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;

/** The cookies of one run. For its thread. */
final class RunCookies implements CookieJar {

    private static final int MOST = 100;

    private final List<Cookie> cookies = new ArrayList<>();

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> fresh) {
        for (Cookie cookie : fresh) {
            cookies.removeIf(old -> old.name().equals(cookie.name())
                    && old.domain().equals(cookie.domain())
                    && old.path().equals(cookie.path()));
            if (cookies.size() < MOST) {
                cookies.add(cookie);
            }
        }
    }

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
        long now = TimeSource.system().now().toEpochMilli();
        cookies.removeIf(cookie -> cookie.expiresAt() < now);
        return cookies.stream().filter(cookie -> cookie.matches(url)).toList();
    }
}
