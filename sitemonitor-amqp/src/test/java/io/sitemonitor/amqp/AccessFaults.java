package io.sitemonitor.amqp;

import static io.sitemonitor.amqp.Fault.Wiring.STRAIGHT;
import static io.sitemonitor.amqp.Scene.PASSWORD;
import static io.sitemonitor.amqp.Scene.USER;
import static io.sitemonitor.amqp.Scene.VIRTUAL_HOST;

import java.util.List;

/** What can happen to a client's right to be there. The broker looks at it anew for each connection. */
final class AccessFaults {

    private AccessFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.named("permissions revoked and given back", STRAIGHT)
                        .inject(scene -> {
                            scene.admin().forbid(USER, VIRTUAL_HOST);
                            scene.admin().closeConnectionsOf(USER);
                        })
                        .refusedWith("403 ACCESS_REFUSED")
                        .heal(scene -> scene.admin().permit(USER, VIRTUAL_HOST)),
                Fault.named("user deleted and made again", STRAIGHT)
                        .inject(scene -> scene.admin().deleteUser(USER))
                        .refusedWith("ACCESS_REFUSED - Login was refused")
                        .heal(scene -> {
                            scene.admin().addUser(USER, PASSWORD);
                            scene.admin().permit(USER, VIRTUAL_HOST);
                        }),
                Fault.named("password changed and changed back", STRAIGHT)
                        .inject(scene -> {
                            scene.admin().changePassword(USER, "another");
                            scene.admin().closeConnectionsOf(USER);
                        })
                        .refusedWith("ACCESS_REFUSED - Login was refused")
                        .heal(scene -> scene.admin().changePassword(USER, PASSWORD)),
                Fault.named("virtual host deleted and made again", STRAIGHT)
                        .inject(scene -> {
                            if (!scene.subject().isReader()) {
                                scene.readQueue();
                            }
                            scene.admin().deleteVirtualHost(VIRTUAL_HOST);
                        })
                        .refusedWith("530 NOT_ALLOWED - vhost " + VIRTUAL_HOST + " not found")
                        .heal(AccessFaults::makeVirtualHost),
                Fault.named("virtual host missing at start", STRAIGHT)
                        .fromTheStart()
                        .inject(scene -> scene.admin().deleteVirtualHost(VIRTUAL_HOST))
                        .refusedWith("530 NOT_ALLOWED - vhost " + VIRTUAL_HOST + " not found")
                        .heal(AccessFaults::makeVirtualHost));
    }

    private static void makeVirtualHost(Scene scene) throws Exception {
        scene.admin().addVirtualHost(VIRTUAL_HOST);
        scene.admin().permit("guest", VIRTUAL_HOST);
        scene.declareQueueAnew();
        scene.admin().permit(USER, VIRTUAL_HOST);
    }
}
