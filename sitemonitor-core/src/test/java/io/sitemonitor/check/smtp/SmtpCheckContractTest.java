package io.sitemonitor.check.smtp;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.TalkContract;
import io.sitemonitor.check.Talks;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

class SmtpCheckContractTest extends TalkContract {

    @Override
    protected Talks talk() {
        return Talks.SMTP;
    }

    @Override
    protected Check failing() {
        return SmtpCheck.connect("127.0.0.1", serve(Script.greeting("554 no service here\r\n")));
    }

    @Override
    protected FailureKind failingKind() {
        return FailureKind.STATUS;
    }

    @Override
    protected String failingCause() {
        return "554 no service here";
    }

    @Override
    protected Check secretive() {
        int port = serve(Script.greeting("220 \u00E2\u0080\u00AEhello\r\n")
                .then("250-shop\r\n250 AUTH PLAIN\r\n")
                .then(request -> "535 what is " + PASSWORD + " and " + request));
        return SmtpCheck.connect("127.0.0.1", port)
                .login("operator", Secret.of(PASSWORD))
                .insecureLoginInPlainText();
    }

    @Override
    protected List<String> secrets() {
        return List.of(PASSWORD, base64(PASSWORD), base64("\0operator\0" + PASSWORD));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
