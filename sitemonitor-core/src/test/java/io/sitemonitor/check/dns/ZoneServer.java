package io.sitemonitor.check.dns;

import io.sitemonitor.check.DatagramServer;
import io.sitemonitor.check.RawServer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A small name server on the loopback address that knows a zone and nothing else, over UDP and TCP. */
final class ZoneServer implements AutoCloseable {

    private static final int SMALLEST_LIMIT = 512;

    private final List<Record> zone = new ArrayList<>();
    private final AtomicInteger overTcp = new AtomicInteger();
    private final DatagramServer udp;
    private final RawServer tcp;
    private volatile int code = Rcode.NOERROR;
    private volatile boolean isAuthoritative = true;
    private volatile boolean isAuthenticated;

    /** Knows these lines of a zone file. */
    ZoneServer(String... lines) {
        try (Master master = new Master(
                new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)), Name.root)) {
            for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
                zone.add(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tcp = new RawServer(this::serve);
        udp = new DatagramServer("127.0.0.1", tcp.port(), (question, reply) -> reply.send(answer(question, false)));
    }

    int port() {
        return udp.port();
    }

    /** How many questions came over UDP. */
    int overUdp() {
        return udp.received();
    }

    /** How many questions came over TCP. */
    int overTcp() {
        return overTcp.get();
    }

    /** Answers everything with this and nothing else. */
    ZoneServer code(int other) {
        code = other;
        return this;
    }

    ZoneServer authoritative(boolean is) {
        isAuthoritative = is;
        return this;
    }

    /** Says to have verified signatures, to whoever wants to know. */
    ZoneServer authenticated(boolean is) {
        isAuthenticated = is;
        return this;
    }

    byte[] answer(byte[] question, boolean isTcp) throws IOException {
        Message asked = new Message(question);
        Message answer = new Message(asked.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        if (isAuthoritative) {
            answer.getHeader().setFlag(Flags.AA);
        }
        if (isAuthenticated && asked.getHeader().getFlag(Flags.AD)) {
            answer.getHeader().setFlag(Flags.AD);
        }
        answer.addRecord(asked.getQuestion(), Section.QUESTION);
        answer.getHeader().setRcode(code);
        if (code == Rcode.NOERROR) {
            find(answer, asked.getQuestion().getName(), asked.getQuestion().getType());
        }
        OPTRecord options = asked.getOPT();
        int limit = options == null ? SMALLEST_LIMIT : options.getPayloadSize();
        return answer.toWire(isTcp ? Message.MAXLENGTH : limit);
    }

    private void find(Message answer, Name name, int type) {
        boolean known = false;
        for (Record record : zone) {
            known |= record.getName().subdomain(name);
            if (record.getName().equals(name) && record.getType() == type) {
                answer.addRecord(record, Section.ANSWER);
            } else if (record.getName().equals(name)
                    && record instanceof CNAMERecord alias
                    && !answer.findRecord(record)) {
                answer.addRecord(record, Section.ANSWER);
                find(answer, alias.getTarget(), type);
            }
        }
        if (!known && answer.getSection(Section.ANSWER).isEmpty()) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
    }

    private void serve(Socket socket) throws IOException {
        byte[] question = read(socket);
        overTcp.incrementAndGet();
        write(socket, answer(question, true));
    }

    static byte[] read(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] question = new byte[in.readUnsignedShort()];
        in.readFully(question);
        return question;
    }

    static void write(Socket socket, byte[] message) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(message.length);
        out.write(message);
        out.flush();
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
