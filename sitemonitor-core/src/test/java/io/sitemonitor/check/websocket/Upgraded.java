package io.sitemonitor.check.websocket;

import io.sitemonitor.check.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** The server's side of WebSocket by hand, for servers that are not what they should be. */
public final class Upgraded {

    private Upgraded() {}

    /** Reads a request and agrees to the upgrade. */
    public static String accept(Socket socket) throws Exception {
        String head = RawServer.readHead(socket);
        RawServer.send(socket, agreement(head));
        return head;
    }

    public static String agreement(String head) throws Exception {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + acceptance(head) + "\r\n\r\n";
    }

    public static String acceptance(String head) throws Exception {
        String name = "Sec-WebSocket-Key: ";
        int from = head.indexOf(name) + name.length();
        String key = head.substring(from, head.indexOf('\r', from));
        byte[] digest = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().encodeToString(digest);
    }

    /** Agrees to the upgrade, sends this, and waits until the other side hangs up. */
    static RawServer saying(byte[]... frames) {
        return new RawServer(socket -> {
            accept(socket);
            send(socket, frames);
            RawServer.drain(socket);
        });
    }

    public static void send(Socket socket, byte[]... frames) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        socket.getOutputStream().write(all.toByteArray());
        socket.getOutputStream().flush();
    }

    public static byte[] text(String text) {
        return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[text.length + 2];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return frame(0x88, payload);
    }

    /** A frame with the right length. */
    public static byte[] frame(int first, byte... payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length <= 0xFFFF) {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** Bytes from 0 to 255. */
    static byte[] raw(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        return raw;
    }
}
