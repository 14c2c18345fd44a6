package io.sitemonitor.amqp;

import static io.sitemonitor.amqp.Fault.Wiring.PROXY;

import io.sitemonitor.amqp.FaultProxy.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What can happen between a client and the broker. */
final class WireFaults {

    private WireFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>(List.of(
                ending("connection cut", scene -> scene.wire().cut()),
                ending(
                        "cut in mid-frame, to the broker",
                        scene -> scene.wire().manner(Way.TO_BROKER, Manner.breakingOneFrame())),
                ending(
                        "cut in mid-frame, to the client",
                        scene -> scene.wire().manner(Way.TO_CLIENT, Manner.breakingOneFrame())),
                ending("half-closed, to the broker", scene -> scene.wire().halfClose(Way.TO_BROKER)),
                ending("half-closed, to the client", scene -> scene.wire().halfClose(Way.TO_CLIENT)),
                ending("connections closed by force", scene -> scene.admin().closeConnectionsOf(Scene.USER)),
                swallowing("black hole both ways", Way.TO_BROKER, Way.TO_CLIENT),
                swallowing("black hole to the broker", Way.TO_BROKER),
                swallowing("black hole to the client (acknowledgements lost)", Way.TO_CLIENT),
                held(),
                heartbeatsLost(),
                Fault.named("refused", PROXY)
                        .inject(scene -> scene.wire().refuse())
                        .refusedWith("Connection refused")
                        .heal(scene -> scene.wire().acceptAgain()),
                Fault.named("accepting and silent", PROXY)
                        .inject(scene -> {
                            scene.wire().stayNewSilent();
                            scene.wire().cut();
                        })
                        .refusedWith("not connected to")
                        .heal(scene -> scene.wire().behave())));
        all.add(slow("delayed by 200 ms each way", () -> Manner.delaying(Duration.ofMillis(200))));
        all.add(slow("throttled to 6,000 bytes a second each way", () -> Manner.throttling(6_000)));
        return all;
    }

    /** One that is over as soon as the connections that there were are. */
    private static Fault ending(String name, Fault.Step inject) {
        AtomicInteger before = new AtomicInteger();
        return Fault.named(name, PROXY)
                .inject(scene -> {
                    before.set(scene.wire().ended());
                    inject.on(scene);
                })
                .shownBy(
                        "the proxy saw the end of the connection",
                        scene -> scene.until(
                                "the end of the connection", () -> scene.wire().ended() > before.get()));
    }

    /** The client has to find out by itself, and try again while it still lasts. */
    private static Fault swallowing(String name, Way... ways) {
        Manner.Swallowing swallowing = new Manner.Swallowing();
        AtomicInteger before = new AtomicInteger();
        return Fault.named(name, PROXY)
                .inject(scene -> {
                    before.set(scene.wire().accepted());
                    for (Way way : ways) {
                        scene.wire().manner(way, swallowing);
                    }
                })
                .shownBy(
                        "bytes went nowhere, the client gave the connection up",
                        scene -> scene.until(
                                "the client to give up",
                                () -> swallowing.swallowed() > 0 && scene.wire().accepted() > before.get()))
                .heal(scene -> scene.wire().behave());
    }

    /** Nothing is lost here: what was said meanwhile comes afterwards, over a connection that nobody uses any more. */
    private static Fault held() {
        AtomicInteger before = new AtomicInteger();
        return Fault.named("held up, and let go late", PROXY)
                .inject(scene -> {
                    before.set(scene.wire().accepted());
                    scene.wire().freeze();
                })
                .shownBy(
                        "the client gave the connection up",
                        scene -> scene.until(
                                "the client to give up", () -> scene.wire().accepted() > before.get()))
                .heal(scene -> scene.wire().thaw());
    }

    private static Fault heartbeatsLost() {
        Manner.WithoutHeartbeats manner = new Manner.WithoutHeartbeats();
        AtomicInteger before = new AtomicInteger();
        return Fault.named("heartbeats lost", PROXY)
                .inject(scene -> {
                    before.set(scene.wire().ended());
                    scene.wire().manner(Way.TO_BROKER, manner);
                    scene.wire().manner(Way.TO_CLIENT, manner);
                })
                .shownBy(
                        "heartbeats went nowhere, an idle connection was ended for it",
                        scene -> scene.until(
                                "the end of the connection",
                                () -> manner.swallowed() > 0 && scene.wire().ended() > before.get()))
                .heal(WireFaults::goodManners);
    }

    private static Fault slow(String name, Supplier<Manner> manner) {
        AtomicInteger done = new AtomicInteger();
        return Fault.named(name, PROXY)
                .inject(scene -> {
                    done.set(scene.subject().done());
                    scene.wire().manner(Way.TO_BROKER, manner.get());
                    scene.wire().manner(Way.TO_CLIENT, manner.get());
                })
                .shownBy(
                        "work went on meanwhile",
                        scene -> scene.until(
                                "work to go on", () -> scene.subject().done() >= done.get() + 6))
                .heal(WireFaults::goodManners);
    }

    private static void goodManners(Scene scene) {
        scene.wire().manner(Way.TO_BROKER, Manner.GOOD);
        scene.wire().manner(Way.TO_CLIENT, Manner.GOOD);
    }
}
