package io.sitemonitor.check.mqtt;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.TalkContract;
import io.sitemonitor.check.Talks;
import java.util.List;

class MqttCheckContractTest extends TalkContract {

    @Override
    protected Talks talk() {
        return Talks.MQTT;
    }

    @Override
    protected Check failing() {
        return MqttCheck.connect("127.0.0.1", serve(Script.answering("\u0020\u0002\u0000\u0003")));
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "CONNACK 3: server unavailable";
    }

    @Override
    protected Check secretive() {
        int port = serve(Script.answering("\u0020\u0002\u0000\u0004"));
        return MqttCheck.connect("127.0.0.1", port)
                .login("monitor", Secret.of(PASSWORD))
                .insecureLoginInPlainText();
    }

    @Override
    protected List<String> secrets() {
        return List.of(PASSWORD);
    }
}
