package io.sitemonitor.check.redis;

import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FailedException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads one answer in the protocol of Redis (RESP, version 2) and no more of it than a run takes. For one answer. */
final class ReplyReader {

    private static final int MAX_BULK = 64 * 1024;
    private static final int MOST_ITEMS = 1_000;
    private static final int MAX_DEPTH = 8;

    private final Conversation server;
    private int items;

    ReplyReader(Conversation server) {
        this.server = server;
    }

    Reply read() throws IOException {
        return read(0);
    }

    private Reply read(int depth) throws IOException {
        int type = server.octet();
        return switch (type) {
            case '+' -> new Reply.Text(server.line());
            case '-' -> new Reply.Problem(server.line());
            case ':' -> new Reply.Number(number());
            case '$' -> bulk();
            case '*' -> array(depth);
            default -> throw new ProtocolException("answer is none of Redis: it begins with " + shown(type));
        };
    }

    private static String shown(int octet) {
        return octet > ' ' && octet < 0x7F ? "'" + (char) octet + "'" : "byte " + octet;
    }

    private long number() throws IOException {
        String line = server.line();
        try {
            return Long.parseLong(line);
        } catch (NumberFormatException e) {
            throw new ProtocolException("answer is none of Redis: '" + line + "' is no number");
        }
    }

    private Reply bulk() throws IOException {
        long length = number();
        if (length == -1) {
            return new Reply.Bulk(null);
        }
        requireCount(length);
        if (length > MAX_BULK) {
            throw new FailedException(
                    FailureKind.TOO_LARGE, "answer has a value of " + length + " bytes, more than " + MAX_BULK);
        }
        String text = new String(server.bytes((int) length), StandardCharsets.UTF_8);
        if (server.octet() != '\r' || server.octet() != '\n') {
            throw new ProtocolException("answer is none of Redis: a value is longer than it says");
        }
        return new Reply.Bulk(text);
    }

    private Reply array(int depth) throws IOException {
        long count = number();
        if (count == -1) {
            return new Reply.Array(List.of());
        }
        requireCount(count);
        if (depth == MAX_DEPTH) {
            throw new ProtocolException("answer has lists in more than " + MAX_DEPTH + " lists");
        }
        if (count > MOST_ITEMS - items) {
            throw new FailedException(FailureKind.TOO_LARGE, "answer has more than " + MOST_ITEMS + " items");
        }
        items += (int) count;
        List<Reply> found = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            found.add(read(depth + 1));
        }
        return new Reply.Array(found);
    }

    private static void requireCount(long count) throws ProtocolException {
        if (count < 0) {
            throw new ProtocolException("answer is none of Redis: it has something of length " + count);
        }
    }
}
