package io.sitemonitor.check.icmp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Ping commands that say whatever a test wants: small shell scripts. */
final class FakePing {

    private FakePing() {}

    /** Runs these lines of a shell script. */
    static PingCommand script(Path directory, String... lines) throws IOException {
        Path file = Files.createTempFile(directory, "ping", "");
        Files.writeString(file, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new PingCommand(file, null, PingCommand.Style.LINUX);
    }

    /** Says this and ends with this number. */
    static PingCommand saying(Path directory, int exit, String text) throws IOException {
        Path said = Files.createTempFile(directory, "said", "");
        Files.writeString(said, text);
        return script(directory, "cat '" + said + "'", "exit " + exit);
    }
}
