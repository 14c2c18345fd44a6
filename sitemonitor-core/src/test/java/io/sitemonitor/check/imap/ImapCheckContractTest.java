package io.sitemonitor.check.imap;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.TalkContract;
import io.sitemonitor.check.Talks;
import java.util.List;

class ImapCheckContractTest extends TalkContract {

    private static final String ESCAPED = "se \\\"cr\\\\et";

    @Override
    protected Talks talk() {
        return Talks.IMAP;
    }

    @Override
    protected Check failing() {
        return ImapCheck.connect("127.0.0.1", serve(Script.greeting("* BYE too many connections\r\n")));
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "BYE too many connections";
    }

    @Override
    protected Check secretive() {
        int port = serve(Script.greeting("* OK \u00E2\u0080\u00AEhello\r\n")
                .then("* CAPABILITY IMAP4rev1\r\ns1 OK done\r\n")
                .then(request -> "s2 NO what is " + PASSWORD + " and " + request));
        return ImapCheck.connect("127.0.0.1", port)
                .login("monitor", Secret.of(PASSWORD))
                .insecureLoginInPlainText();
    }

    @Override
    protected List<String> secrets() {
        return List.of(PASSWORD, ESCAPED);
    }
}
