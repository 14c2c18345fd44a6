package io.sitemonitor.amqp;

import static io.sitemonitor.amqp.Fault.Wiring.STRAIGHT;
import static io.sitemonitor.amqp.Scene.VIRTUAL_HOST;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What can happen to the exchange, the queue and what binds them. */
final class TopologyFaults {

    private static final String QUEUE = "alert_queue";
    private static final String EXCHANGE = "site_monitor";
    private static final String KEY = "sites_status_key";

    private TopologyFaults() {}

    static List<Fault> ofPublisher() {
        return List.of(
                Fault.named("exchange deleted", STRAIGHT)
                        .inject(scene -> scene.other().channel().exchangeDelete(EXCHANGE))
                        .shownBy(
                                "the exchange, which nobody else declares, is there again",
                                scene -> scene.until(
                                        "the exchange", () -> scene.admin().exchangeExists(EXCHANGE, VIRTUAL_HOST)))
                        .refusedWith("no queue is bound")
                        .heal(scene -> scene.other().channel().queueBind(QUEUE, EXCHANGE, KEY)),
                Fault.named("queue deleted, declared anew by its reader", STRAIGHT)
                        .inject(scene -> {
                            scene.readQueue();
                            scene.other().channel().queueDelete(QUEUE);
                        })
                        .refusedWith("no queue is bound")
                        .heal(Scene::declareQueueAnew),
                Fault.named("queue unbound", STRAIGHT)
                        .inject(scene -> scene.other().channel().queueUnbind(QUEUE, EXCHANGE, KEY))
                        .refusedWith("no queue is bound")
                        .heal(scene -> scene.other().channel().queueBind(QUEUE, EXCHANGE, KEY)),
                Fault.named("queue full and refusing", STRAIGHT)
                        .inject(scene -> scene.admin()
                                .refuseBeyond(PublisherFaultSuiteTest.SENT_WHEN_IT_COMES, QUEUE, VIRTUAL_HOST))
                        .refusedWith("the broker refused it")
                        .heal(scene -> scene.admin().takeAgain(VIRTUAL_HOST)));
    }

    static List<Fault> ofConsumer() {
        return List.of(
                Fault.named("queue deleted", STRAIGHT)
                        .inject(scene -> {
                            scene.other().channel().queueDelete(QUEUE);
                            scene.subject().tally().queueIsEmptyFrom(System.nanoTime());
                        })
                        .shownBy("the queue, which nobody else declares, is there again", scene -> {
                            scene.until("the queue", () -> scene.admin().consumers(QUEUE, VIRTUAL_HOST) == 1);
                        }),
                Fault.named("subscription cancelled", Fault.Wiring.PROXY)
                        .inject(scene -> scene.wire()
                                .manner(
                                        FaultProxy.Way.TO_CLIENT,
                                        Manner.adding(cancelFrame(scene.admin().consumerTag(VIRTUAL_HOST)))))
                        .refusedWith("cancelled the subscription"));
    }

    /** basic.cancel on channel 1, as a broker sends it. */
    private static byte[] cancelFrame(String consumerTag) {
        byte[] tag = consumerTag.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(8 + 4 + 1 + tag.length + 1);
        frame.put((byte) 1).putShort((short) 1).putInt(4 + 1 + tag.length + 1);
        frame.putShort((short) 60).putShort((short) 30);
        frame.put((byte) tag.length).put(tag).put((byte) 1);
        return frame.put((byte) 0xCE).array();
    }
}
