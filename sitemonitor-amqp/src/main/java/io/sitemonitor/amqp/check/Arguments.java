package io.sitemonitor.amqp.check;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The arguments of a method as they came, read one after the other (AMQP 0-9-1, section 4.2.5). For one thread. */
final class Arguments {

    private static final int MAX_DEPTH = 16;

    private final ByteBuffer bytes;

    Arguments(byte[] payload) {
        bytes = ByteBuffer.wrap(payload);
    }

    int octet() throws ProtocolException {
        return next(1).get() & 0xFF;
    }

    int number16() throws ProtocolException {
        return next(2).getShort() & 0xFFFF;
    }

    long number32() throws ProtocolException {
        return next(4).getInt() & 0xFFFF_FFFFL;
    }

    long number64() throws ProtocolException {
        return next(8).getLong();
    }

    String shortText() throws ProtocolException {
        return text(octet());
    }

    String longText() throws ProtocolException {
        return text(length());
    }

    /** Reads a table and keeps the texts in it; what is of another type is passed over. */
    Map<String, String> texts() throws ProtocolException {
        Map<String, String> texts = new TreeMap<>();
        table(texts, 0);
        return texts;
    }

    private void table(Map<String, String> texts, int depth) throws ProtocolException {
        int end = end(depth);
        while (bytes.position() < end) {
            String name = shortText();
            int type = octet();
            if (type == 'S') {
                texts.put(name, longText());
            } else {
                skip(type, depth);
            }
        }
        requireAt(end);
    }

    private void skip(int type, int depth) throws ProtocolException {
        switch (type) {
            case 'V' -> {}
            case 't', 'b', 'B' -> skip(1);
            case 's', 'u', 'U' -> skip(2);
            case 'I', 'i', 'f' -> skip(4);
            case 'l', 'L', 'd', 'T' -> skip(8);
            case 'D' -> skip(5);
            case 'S', 'x' -> skip(length());
            case 'F' -> table(new TreeMap<>(), depth + 1);
            case 'A' -> {
                int end = end(depth + 1);
                while (bytes.position() < end) {
                    skip(octet(), depth + 1);
                }
                requireAt(end);
            }
            default -> throw broken("a value has the type " + type);
        }
    }

    private int end(int depth) throws ProtocolException {
        if (depth > MAX_DEPTH) {
            throw broken("tables are nested more than " + MAX_DEPTH + " deep");
        }
        int length = length();
        return bytes.position() + length;
    }

    private void requireAt(int end) throws ProtocolException {
        if (bytes.position() != end) {
            throw broken("a table is longer than it says");
        }
    }

    private int length() throws ProtocolException {
        long length = number32();
        if (length > bytes.remaining()) {
            throw broken("something is longer than its frame");
        }
        return (int) length;
    }

    private String text(int length) throws ProtocolException {
        byte[] text = new byte[Math.min(length, bytes.remaining())];
        next(length).get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private void skip(int count) throws ProtocolException {
        next(count).position(bytes.position() + count);
    }

    private ByteBuffer next(int count) throws ProtocolException {
        if (bytes.remaining() < count) {
            throw broken("a frame ends too soon");
        }
        return bytes;
    }

    private static ProtocolException broken(String how) {
        return new ProtocolException("answer is none of AMQP 0-9-1: " + how);
    }
}
