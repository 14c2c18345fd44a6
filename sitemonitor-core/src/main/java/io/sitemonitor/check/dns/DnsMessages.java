package io.sitemonitor.check.dns;

import io.sitemonitor.check.internal.TooLargeException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Writes questions and reads answers. */
final class DnsMessages {

    /** The largest message, in bytes. */
    static final int LARGEST = 65_535;

    /** The most records that are read of an answer: a small message can hold many that become large. */
    static final int MOST_RECORDS = 1_000;

    /** The most characters of records that are kept of an answer: a pointer of two bytes can become a name of a thousand. */
    static final int MOST_TEXT = 128 * 1024;

    /** The largest answer that is asked for over UDP, in bytes: larger datagrams come in pieces and get lost. */
    private static final int LARGEST_DATAGRAM = 1_232;

    private static final int MOST_ALIASES = 16;
    private static final int HEADER = 12;
    private static final int FLAGS = 2;
    private static final int QUESTIONS = 4;
    private static final int IS_ANSWER = 0x80;
    private static final int OPCODE = 0x78;
    private static final int IS_TRUNCATED = 0x02;
    private static final int CODE = 0x0F;

    private DnsMessages() {}

    /**
     * Writes a question.
     *
     * @param id what tells its answer from those to others, from 0 to 65535
     * @param question what is asked
     * @param isAuthenticated whether to ask for what signatures say
     * @param isModern whether to say that answers may be longer than 512 bytes
     */
    static byte[] write(int id, DnsQuestion question, boolean isAuthenticated, boolean isModern) throws IOException {
        Name name = Name.fromString(question.name());
        Message message = new Message(id);
        message.getHeader().setFlag(Flags.RD);
        if (isAuthenticated) {
            message.getHeader().setFlag(Flags.AD);
        }
        message.addRecord(Record.newRecord(name, question.type().number(), DClass.IN), Section.QUESTION);
        if (isModern) {
            message.addRecord(new OPTRecord(LARGEST_DATAGRAM, 0, 0), Section.ADDITIONAL);
        }
        return message.toWire();
    }

    /**
     * Tells whether a message answers a question: it has the same number and repeats the question. Servers that did not
     * understand it may leave it out.
     */
    static boolean isAnswer(byte[] question, byte[] message) {
        if (message.length < HEADER
                || message[0] != question[0]
                || message[1] != question[1]
                || (message[FLAGS] & (IS_ANSWER | OPCODE)) != IS_ANSWER) {
            return false;
        }
        int questions = ByteBuffer.wrap(message).getShort(QUESTIONS);
        return questions == 0 ? isUnspecific(code(message)) : questions == 1 && repeats(question, message);
    }

    private static boolean isUnspecific(int code) {
        return code != ResponseCode.NOERROR.number() && code != ResponseCode.NXDOMAIN.number();
    }

    /** Compares what stands after the header; names may come back in other letters. */
    private static boolean repeats(byte[] question, byte[] message) {
        int end = HEADER;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        end += 5; // the end of the name, type and class
        if (message.length < end) {
            return false;
        }
        for (int i = HEADER; i < end; i++) {
            if (lower(question[i]) != lower(message[i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
    }

    static boolean isTruncated(byte[] message) {
        return (message[FLAGS] & IS_TRUNCATED) != 0;
    }

    /** Returns what a message says as a whole, as far as its header tells. */
    static int code(byte[] message) {
        return message[FLAGS + 1] & CODE;
    }

    /**
     * Reads an answer.
     *
     * @throws ProtocolException if it cannot be read
     * @throws TooLargeException if it has too many records, or too long ones
     */
    static DnsAnswer read(byte[] bytes, DnsQuestion question) throws IOException {
        ByteBuffer counts = ByteBuffer.wrap(bytes, QUESTIONS + 2, 6);
        int records = (counts.getShort() & 0xFFFF) + (counts.getShort() & 0xFFFF) + (counts.getShort() & 0xFFFF);
        if (records > MOST_RECORDS) {
            throw new TooLargeException(MOST_RECORDS, "records");
        }
        try {
            return answer(new Message(bytes), question);
        } catch (ProtocolException | TooLargeException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new ProtocolException("answer cannot be read: " + e.getMessage());
        }
    }

    private static DnsAnswer answer(Message message, DnsQuestion question) throws IOException {
        List<Record> all = message.getSection(Section.ANSWER);
        Name asked = Name.fromString(question.name());
        Name owner = question.type() == RecordType.CNAME ? asked : end(asked, all);
        List<Record> records = all.stream()
                .filter(record -> record.getType() == question.type().number()
                        && record.getDClass() == DClass.IN
                        && record.getName().equals(owner))
                .toList();
        return new DnsAnswer(
                message.getRcode(),
                message.getHeader().getFlag(Flags.AA),
                message.getHeader().getFlag(Flags.AD),
                texts(records),
                records.stream().mapToLong(Record::getTTL).min().orElse(0),
                records.stream().mapToLong(Record::getTTL).max().orElse(0),
                owner.equals(asked) ? "" : RecordText.name(owner));
    }

    private static List<String> texts(List<Record> records) throws TooLargeException {
        Set<String> texts = new TreeSet<>();
        int size = 0;
        for (Record record : records) {
            String text = RecordText.of(record);
            size += text.length();
            if (size > MOST_TEXT) {
                throw new TooLargeException(MOST_TEXT, "characters of records");
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** Follows the aliases of a name within an answer; what it says of other names does not count. */
    private static Name end(Name asked, List<Record> records) throws ProtocolException {
        Name name = asked;
        for (int i = 0; i <= MOST_ALIASES; i++) {
            Name next = null;
            for (Record record : records) {
                if (record instanceof CNAMERecord alias && alias.getName().equals(name)) {
                    next = alias.getTarget();
                }
            }
            if (next == null) {
                return name;
            }
            name = next;
        }
        throw new ProtocolException("answer has more than " + MOST_ALIASES + " aliases, or they lead in a circle");
    }
}
