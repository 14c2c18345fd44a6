package io.sitemonitor.check.pop;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.TalkContract;
import io.sitemonitor.check.Talks;
import java.util.List;

class PopCheckContractTest extends TalkContract {

    @Override
    protected Talks talk() {
        return Talks.POP;
    }

    @Override
    protected Check failing() {
        return PopCheck.connect("127.0.0.1", serve(Script.greeting("-ERR too busy\r\n")));
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "-ERR too busy";
    }

    @Override
    protected Check secretive() {
        int port = serve(Script.greeting("+OK \u00E2\u0080\u00AEhello\r\n")
                .then("-ERR unknown\r\n")
                .then("+OK\r\n")
                .then(request -> "-ERR what is " + request));
        return PopCheck.connect("127.0.0.1", port)
                .login("monitor", Secret.of(PASSWORD))
                .insecureLoginInPlainText();
    }

    @Override
    protected List<String> secrets() {
        return List.of(PASSWORD);
    }
}
