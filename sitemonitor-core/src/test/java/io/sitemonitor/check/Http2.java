package io.sitemonitor.check;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The frames of HTTP/2 by hand, for servers that are not what they should be. */
public final class Http2 {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    private static final int PREFACE = 24;
    private static final int FRAME_HEAD = 9;

    /** The stream of the client's first request. */
    public static final int STREAM = 3;

    public static final byte[] START = frame(SETTINGS, 0, 0);

    public static final byte[] HEAD = headers(0, ":status", "200", "content-type", "application/grpc");

    public static final byte[] SERVING = data(0, message(8, 1));

    public static final byte[] END = headers(END_STREAM, "grpc-status", "0");

    private Http2() {}

    /** Reads up to the end of a request. */
    public static void readRequest(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.skipNBytes(PREFACE);
        int type;
        int flags;
        do {
            byte[] head = in.readNBytes(FRAME_HEAD);
            if (head.length < FRAME_HEAD) {
                return;
            }
            int length = (head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | head[2] & 0xFF;
            type = head[3];
            flags = head[4];
            in.skipNBytes(length);
        } while ((type != DATA && type != HEADERS) || (flags & END_STREAM) == 0);
    }

    /** Reads whatever comes, until the other side hangs up. */
    public static void drain(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[4096];
        while (in.read(bytes) >= 0) {
            // until the other side hangs up
        }
    }

    public static byte[] data(int flags, byte... payload) {
        return frame(DATA, flags, STREAM, payload);
    }

    /** Heads without compression; names and values one after the other. */
    public static byte[] headers(int flags, String... pairs) {
        return frame(HEADERS, flags | END_HEADERS, STREAM, fields(pairs));
    }

    public static byte[] fields(String... pairs) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.write(0);
            text(fields, pairs[i]);
            text(fields, pairs[i + 1]);
        }
        return fields.toByteArray();
    }

    private static void text(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 0x7F) {
            to.write(bytes.length);
        } else {
            to.write(0x7F);
            int left = bytes.length - 0x7F;
            for (; left > 0x7F; left >>= 7) {
                to.write(left & 0x7F | 0x80);
            }
            to.write(left);
        }
        to.writeBytes(bytes);
    }

    /** A frame of gRPC. */
    public static byte[] message(int... bytes) {
        byte[] message = new byte[5 + bytes.length];
        message[4] = (byte) bytes.length;
        for (int i = 0; i < bytes.length; i++) {
            message[5 + i] = (byte) bytes[i];
        }
        return message;
    }

    public static byte[] frame(int type, int flags, int stream, byte... payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        frame.writeBytes(number(stream));
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    public static byte[] number(int number) {
        return new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }

    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
