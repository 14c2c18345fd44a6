package io.sitemonitor.check.ftp;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.TalkContract;
import io.sitemonitor.check.Talks;
import java.util.List;

class FtpCheckContractTest extends TalkContract {

    @Override
    protected Talks talk() {
        return Talks.FTP;
    }

    @Override
    protected Check failing() {
        return FtpCheck.connect("127.0.0.1", serve(Script.greeting("421 too many users\r\n")));
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "421 too many users";
    }

    @Override
    protected Check secretive() {
        int port = serve(Script.greeting("220 \u00E2\u0080\u00AEhello\r\n")
                .then("331 go on\r\n")
                .then(request -> "530 what is " + request));
        return FtpCheck.connect("127.0.0.1", port)
                .login("monitor", Secret.of(PASSWORD))
                .insecureLoginInPlainText();
    }

    @Override
    protected List<String> secrets() {
        return List.of(PASSWORD);
    }
}
