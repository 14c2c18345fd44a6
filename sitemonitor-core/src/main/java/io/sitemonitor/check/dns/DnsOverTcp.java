package io.sitemonitor.check.dns;

import io.sitemonitor.check.internal.DeadlineSocket;
import io.sitemonitor.check.internal.HostRun;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** A question over TCP, where a message has its length in front. */
final class DnsOverTcp {

    private static final int LENGTH = 2;

    private DnsOverTcp() {}

    static byte[] ask(HostRun run, InetSocketAddress peer, byte[] question) throws IOException {
        run.notes().phase("exchange");
        run.doing("connecting to " + run.peer());
        try (DeadlineSocket socket = new DeadlineSocket(run.until(), LENGTH + DnsMessages.LARGEST)) {
            run.context().onCancel(socket::abort);
            socket.connect(peer, run.until().millisLeft());
            run.doing("waiting for an answer from " + run.peer() + " over TCP");
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(LENGTH + question.length)
                            .putShort((short) question.length)
                            .put(question)
                            .array());
            InputStream in = socket.getInputStream();
            byte[] length = in.readNBytes(LENGTH);
            if (length.length < LENGTH) {
                throw new EOFException();
            }
            int expected = ByteBuffer.wrap(length).getShort() & 0xFFFF;
            byte[] answer = in.readNBytes(expected);
            if (answer.length < expected) {
                throw new ProtocolException("answer breaks off after " + answer.length + " of " + expected + " bytes");
            }
            if (!DnsMessages.isAnswer(question, answer)) {
                throw new ProtocolException("answer over TCP is not one to this question");
            }
            if (DnsMessages.isTruncated(answer)) {
                throw new ProtocolException("answer over TCP says that it is not complete");
            }
            return answer;
        } finally {
            run.notes().pause();
        }
    }
}
