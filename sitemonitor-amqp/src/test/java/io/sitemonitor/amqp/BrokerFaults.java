package io.sitemonitor.amqp;

import static io.sitemonitor.amqp.Fault.Wiring.STRAIGHT;

import java.util.List;

/** What can happen to the broker itself. */
final class BrokerFaults {

    private BrokerFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.named("broker killed", STRAIGHT)
                        .inject(scene -> scene.node().kill())
                        .shownBy("the process is gone, the client knows", BrokerFaults::noticed)
                        .heal(Scene::restartNode),
                Fault.named("broker stopped and started", STRAIGHT)
                        .inject(scene -> scene.node().stop())
                        .shownBy("the process has ended, the client knows", BrokerFaults::noticed)
                        .heal(Scene::restartNode),
                Fault.named("application of the broker stopped and started", STRAIGHT)
                        .inject(scene -> scene.node().eval("rabbit:stop()"))
                        .shownBy("`rabbit:stop()` has returned, the client knows", BrokerFaults::noticed)
                        .heal(scene -> {
                            scene.node().revive();
                            scene.reconnectOther();
                        }),
                Fault.named("broker frozen", STRAIGHT)
                        .inject(scene -> scene.node().freeze())
                        .shownBy("the process has its SIGSTOP, the client knows", BrokerFaults::noticed)
                        .heal(scene -> {
                            scene.node().thaw();
                            scene.reconnectOther();
                        }),
                Fault.named("broker not there at start", STRAIGHT)
                        .fromTheStart()
                        .inject(scene -> scene.node().kill())
                        .refusedWith("Connection refused")
                        .heal(Scene::restartNode));
    }

    /** Those in which the broker takes no messages, and hands them out nevertheless. */
    static List<Fault> alarms() {
        return List.of(
                alarm("memory", scene -> scene.admin().raiseMemoryAlarm()),
                alarm("disk", scene -> scene.admin().raiseDiskAlarm()));
    }

    private static Fault alarm(String resource, Fault.Step raise) {
        return Fault.named("alarm: " + resource, STRAIGHT)
                .inject(scene -> {
                    raise.on(scene);
                    scene.until("the alarm", () -> scene.admin().alarms().contains("resource_limit, " + resource));
                })
                .shownBy("the broker lists the alarm", scene -> {})
                .heal(scene -> scene.admin().endAlarms());
    }

    private static void noticed(Scene scene) {
        scene.until("the client to notice", () -> !scene.subject().isConnected());
    }
}
