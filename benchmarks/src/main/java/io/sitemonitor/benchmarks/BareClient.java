package io.sitemonitor.benchmarks;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp, set as an HTTP check sets it and with the same headers, and nothing around it: a run on a new virtual thread where
 * Java has them, and by {@code enqueue} elsewhere.
 */
final class BareClient implements AutoCloseable {

    /** As the pool of a monitor without virtual threads. */
    private static final int MOST_AT_ONCE = 512;

    /** As an HTTP check reads of a body that nobody judges. */
    private static final long LIMIT = 64 * 1024L;

    private final Recorder recorder;
    private final IntConsumer done;
    private final @Nullable ThreadFactory virtual;
    private final OkHttpClient client;
    private final List<Request> requests = new ArrayList<>();

    /**
     * Creates a client.
     *
     * @param options how long a run may take, how many at once, and whether connections are kept
     * @param targets whom to ask
     * @param recorder told when runs start and end
     * @param done called at the end of each run with the number of its target
     */
    BareClient(LoadOptions options, List<Target> targets, Recorder recorder, IntConsumer done) {
        this.recorder = recorder;
        this.done = done;
        this.virtual = VirtualThreads.factory();
        Dispatcher dispatcher = new Dispatcher();
        int atOnce = options.inFlight() > 0 ? options.inFlight() : MOST_AT_ONCE;
        dispatcher.setMaxRequests(atOnce);
        dispatcher.setMaxRequestsPerHost(atOnce);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(options.keep() ? targets.size() : 0, 5, TimeUnit.MINUTES))
                .protocols(List.of(Protocol.HTTP_1_1))
                .proxy(Proxy.NO_PROXY)
                .fastFallback(false)
                .retryOnConnectionFailure(options.keep()) // a kept connection may have been closed meanwhile
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(options.timeout())
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO);
        if (virtual == null) {
            // the first thing that a thread of the dispatcher comes by
            builder.addInterceptor(chain -> {
                Integer target = chain.request().tag(Integer.class);
                if (target != null) {
                    recorder.began(target);
                }
                return chain.proceed(chain.request());
            });
        }
        client = builder.build();
        for (int i = 0; i < targets.size(); i++) {
            Request.Builder request =
                    new Request.Builder().url(targets.get(i).url()).tag(Integer.class, i);
            request.header("User-Agent", "sitemonitor");
            if (!options.keep()) {
                request.header("Connection", "close");
            }
            requests.add(request.build());
        }
    }

    /** Begins a run and returns at once. */
    void start(int target) {
        if (virtual != null) {
            virtual.newThread(() -> run(target)).start();
            return;
        }
        client.newCall(requests.get(target)).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                end(target, false);
            }

            @Override
            public void onResponse(Call call, Response response) throws IOException {
                boolean passed = false;
                try (response) {
                    passed = read(response);
                } finally {
                    end(target, passed);
                }
            }
        });
    }

    private void run(int target) {
        recorder.began(target);
        boolean passed = false;
        try (Response response = client.newCall(requests.get(target)).execute()) {
            passed = read(response);
        } catch (IOException e) {
            passed = false; // counted as failed, whatever it is
        } finally {
            end(target, passed);
        }
    }

    private static boolean read(Response response) throws IOException {
        response.body().source().request(LIMIT);
        return response.isSuccessful();
    }

    private void end(int target, boolean passed) {
        recorder.ended(target, passed);
        done.accept(target);
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
