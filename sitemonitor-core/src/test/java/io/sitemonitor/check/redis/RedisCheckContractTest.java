package io.sitemonitor.check.redis;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.TalkContract;
import io.sitemonitor.check.Talks;
import java.util.List;

class RedisCheckContractTest extends TalkContract {

    @Override
    protected Talks talk() {
        return Talks.REDIS;
    }

    @Override
    protected Check failing() {
        return RedisCheck.connect("127.0.0.1", serve(Script.answering("-LOADING Redis is loading the dataset\r\n")));
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "LOADING Redis is loading the dataset";
    }

    @Override
    protected Check secretive() {
        int port = serve(Script.answering(request ->
                "-ERR \u00E2\u0080\u00AEunknown command, with args " + request.replace("\r\n", " ") + "\r\n"));
        return RedisCheck.connect("127.0.0.1", port).login(Secret.of(PASSWORD)).insecureLoginInPlainText();
    }

    @Override
    protected List<String> secrets() {
        return List.of(PASSWORD);
    }
}
