package io.sitemonitor.check.internal;

import io.sitemonitor.check.Conversation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The last words of a conversation, to which no answer is awaited. */
public final class Farewell {

    private Farewell() {}

    /**
     * Takes leave, if the other side is still there.
     *
     * @param server the other side
     * @param words what is said
     */
    public static void say(Conversation server, String words) {
        say(server, words.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes leave, if the other side is still there.
     *
     * @param server the other side
     * @param words what is said
     */
    public static void say(Conversation server, byte[] words) {
        try {
            server.send(words);
        } catch (IOException e) {
            // what was to be found has been found, or has failed for a reason of its own
        }
    }
}
