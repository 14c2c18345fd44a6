package io.sitemonitor.check.dns;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.DatagramServer;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Name servers as nobody wants them. */
@Timeout(60)
class DnsHostileTest {

    private static final int TRUNCATED = 0x02;

    private final ZoneServer zone = new ZoneServer(
            "shop.example. 300 IN A 192.0.2.7",
            "evil.example. 300 IN A 192.0.2.66",
            "a.circle.example. 300 IN CNAME b.circle.example.",
            "b.circle.example. 300 IN CNAME a.circle.example.");

    @AfterEach
    void close() {
        zone.close();
    }

    @Test
    void ignoresWhatIsNotTheAnswerToItsQuestion() {
        try (DatagramServer server = new DatagramServer((question, reply) -> {
            byte[] answer = zone.answer(question, false);
            reply.send(new byte[0]);
            reply.send(new byte[] {question[0], question[1], (byte) 0x80});
            reply.send(question);
            reply.send(with(answer, 0, (byte) ~answer[0]));
            reply.send(with(answer, 2, (byte) 0xA8)); // an answer to a change of the zone
            reply.send(with(answer, 5, (byte) 2)); // to two questions
            reply.send(with(answer, 13, (byte) 'x')); // to one about another name
            reply.send(with(answer, 26, (byte) 28)); // or type
            reply.send(Arrays.copyOf(answer, 20));
            reply.send(with(answer, 5, (byte) 0)); // without a question, though not in trouble
            reply.send(answer);
        })) {
            CheckResult result = run(lookup("shop.example", server.port()));

            assertThat(result.summary()).isEqualTo("PASS: 192.0.2.7");
        }
    }

    @Test
    void saysThatNothingItGotWasTheAnswer() {
        try (DatagramServer server =
                new DatagramServer((question, reply) -> reply.send(with(question, 0, (byte) ~question[0])))) {
            CheckResult result = lookup("shop.example", server.port()).run(FixedContext.of(ofSeconds(1)));

            assertThat(result.summary())
                    .startsWith("TIMEOUT: no answer within 1 s")
                    .endsWith(", ignored what was none: 3)");
        }
    }

    @Test
    void takesAnAnswerInOtherLetters() {
        try (DatagramServer server = new DatagramServer(
                (question, reply) -> reply.send(with(zone.answer(question, false), 13, (byte) 'S')))) {
            assertThat(run(lookup("shop.example", server.port())).summary()).isEqualTo("PASS: 192.0.2.7");
        }
    }

    /** The server is asked about one name and slips in the address of another. */
    @Test
    void doesNotCountRecordsOfOtherNames() {
        try (DatagramServer server = new DatagramServer((question, reply) -> {
            byte[] other = question.clone();
            System.arraycopy("evil".getBytes(StandardCharsets.US_ASCII), 0, other, 13, 4);
            byte[] answer = zone.answer(other, false);
            System.arraycopy(question, 12, answer, 12, 18);
            reply.send(named(answer, "evil"));
        })) {
            CheckResult result = run(lookup("shop.example", server.port()));

            assertThat(result.summary()).isEqualTo("DNS: shop.example A: no such record");
        }
    }

    @Test
    void doesNotFollowAliasesInACircle() {
        assertThat(run(lookup("a.circle.example", zone.port())).summary())
                .isEqualTo("PROTOCOL: answer has more than 16 aliases, or they lead in a circle");
    }

    @Test
    void followsSixteenAliasesAndNotMore() {
        String[] chain = IntStream.rangeClosed(0, 16)
                .mapToObj(i -> i == 16
                        ? "n16.chain.example. 60 IN A 192.0.2.7"
                        : "n" + i + ".chain.example. 60 IN CNAME n" + (i + 1) + ".chain.example.")
                .toArray(String[]::new);
        try (ZoneServer server = new ZoneServer(chain)) {
            assertThat(run(lookup("n0.chain.example", server.port())).summary()).isEqualTo("PASS: 192.0.2.7");
        }
        chain[16] = "n16.chain.example. 60 IN CNAME n17.chain.example.";
        try (ZoneServer server = new ZoneServer(chain)) {
            assertThat(run(lookup("n0.chain.example", server.port())).failure()).isEqualTo(FailureKind.PROTOCOL);
        }
    }

    @Test
    void refusesAnAnswerThatCannotBeRead() {
        assertThat(answered(question -> Arrays.copyOf(zone.answer(question, false), 40))
                        .summary())
                .startsWith("PROTOCOL: answer cannot be read: ");
        assertThat(answered(question -> {
                            byte[] answer = header(question, 1);
                            return ByteBuffer.allocate(answer.length + 100)
                                    .put(answer)
                                    .array();
                        })
                        .failure())
                .isIn(FailureKind.DNS, FailureKind.PROTOCOL);
    }

    @Test
    @DisplayName("P16: names that point to themselves, in a circle, forward or nowhere hold nobody up")
    void refusesNamesThatPointInACircle() {
        int here = 12 + 14 + 4; // where the first record stands
        byte[][] names = {
            {(byte) 0xC0, (byte) here},
            {1, 'a', (byte) 0xC0, (byte) here},
            {(byte) 0xC0, (byte) (here + 2), (byte) 0xC0, (byte) here},
            {(byte) 0xFF, (byte) 0xFF},
            {(byte) 0x80, 0},
            {63, 'a'}
        };
        for (byte[] name : names) {
            CheckResult result = answered(question -> {
                byte[] head = header(question, 1);
                return ByteBuffer.allocate(head.length + name.length + 14)
                        .put(head)
                        .put(name)
                        .putShort((short) 1)
                        .putShort((short) 1)
                        .putInt(60)
                        .putShort((short) 4)
                        .putInt(1)
                        .array();
            });

            assertThat(result.summary()).startsWith("PROTOCOL: answer cannot be read: ");
        }
    }

    /** Each record of fourteen bytes would become two names of 255. */
    @Test
    void refusesAnAnswerThatBecomesLarge() {
        CheckResult result = answered(question -> {
            byte[] head = header(question, 4_000);
            ByteBuffer answer = ByteBuffer.allocate(head.length + 14 * 4_000).put(head);
            for (int i = 0; i < 4_000; i++) {
                answer.putShort((short) 0xC00C)
                        .putShort((short) 5)
                        .putShort((short) 1)
                        .putInt(60)
                        .putShort((short) 2)
                        .putShort((short) 0xC00C);
            }
            return answer.array();
        });

        assertThat(result.summary()).isEqualTo("TOO_LARGE: answer has more than 1000 records");
    }

    /** Two pointers of two bytes become two names of 255, whose odd letters take four characters each. */
    @Test
    @DisplayName("P16: small records that become long texts are not kept")
    void refusesRecordsThatBecomeLong() {
        CheckResult result = answered(
                question -> {
                    byte[] head = header(question, 901);
                    ByteBuffer answer =
                            ByteBuffer.allocate(head.length + 300 + 36 * 900).put(head);
                    answer.putShort((short) 0xC00C)
                            .putShort((short) 2)
                            .putShort((short) 1)
                            .putInt(60);
                    int name = answer.position() + 2;
                    answer.putShort((short) 255);
                    for (int label = 0; label < 3; label++) {
                        answer.put((byte) 63).put(new byte[63]);
                    }
                    answer.put((byte) 61).put(new byte[61]).put((byte) 0);
                    for (int i = 0; i < 900; i++) {
                        answer.putShort((short) 0xC00C).putShort((short) 6).putShort((short) 1);
                        answer.putInt(60).putShort((short) 24);
                        answer.putShort((short) (0xC000 | name)).putShort((short) (0xC000 | name));
                        answer.putInt(i).putInt(1).putInt(1).putInt(1).putInt(1);
                    }
                    return Arrays.copyOf(answer.array(), answer.position());
                },
                RecordType.SOA);

        assertThat(result.summary()).isEqualTo("TOO_LARGE: answer has more than 131072 characters of records");
    }

    @Test
    void isNotImpressedByRandomBytes() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] question = question();
            byte[] rest = new byte[random.nextInt(200)];
            random.nextBytes(rest);
            byte[] head = header(question, random.nextInt(5));
            byte[] message = ByteBuffer.allocate(head.length + rest.length)
                    .put(head)
                    .put(rest)
                    .array();
            try {
                assertThat(DnsMessages.isAnswer(question, message)).isTrue();
                DnsMessages.read(message, DnsQuestion.of("shop.example", RecordType.A));
            } catch (ProtocolException e) {
                assertThat(e).as("seed " + seed).hasMessageStartingWith("answer ");
            } catch (IOException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void isNotImpressedByChangedAnswers() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] question = question();
        byte[] honest = zone.answer(question, true);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = honest.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                changed[12 + random.nextInt(honest.length - 12)] = (byte) random.nextInt(256);
            }
            try {
                if (DnsMessages.isAnswer(question, changed)) {
                    DnsMessages.read(changed, DnsQuestion.of("shop.example", RecordType.A));
                    read++;
                }
            } catch (ProtocolException e) {
                assertThat(e).as("seed " + seed).hasMessageStartingWith("answer ");
            } catch (IOException | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(read).as("seed " + seed).isBetween(1, 19_999);
    }

    @Test
    @DisplayName("P16: a flood of answers to other questions does not outlast the run")
    void endsInAFlood() {
        try (DatagramServer server = new DatagramServer((question, reply) -> {
            byte[] other = with(zone.answer(question, false), 0, (byte) ~question[0]);
            while (true) {
                reply.send(other);
            }
        })) {
            CheckResult result = lookup("shop.example", server.port()).run(FixedContext.of(ofMillis(300)));

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
        }
    }

    @Test
    void saysThatTheServerCannotBeAskedOverTcp() {
        try (DatagramServer server = new DatagramServer((question, reply) -> reply.send(truncated(question)))) {
            CheckResult result = run(lookup("shop.example", server.port()));

            assertThat(result.summary()).isEqualTo("CONNECT: connection refused by 127.0.0.1:" + server.port());
            assertThat(result.evidence().facts()).containsEntry("over", "TCP, since the answer does not fit into UDP");
        }
    }

    @Test
    void refusesBrokenAnswersOverTcp() throws IOException {
        assertThat(overTcp(ZoneServer::read).summary()).startsWith("CONNECT: connection closed by 127.0.0.1:");
        assertThat(overTcp(socket -> {
                            ZoneServer.read(socket);
                            socket.getOutputStream().write(0);
                        })
                        .summary())
                .startsWith("CONNECT: connection closed by 127.0.0.1:");
        assertThat(overTcp(socket -> {
                            byte[] answer = zone.answer(ZoneServer.read(socket), true);
                            socket.getOutputStream().write(new byte[] {(byte) 0xFF, (byte) 0xFF});
                            socket.getOutputStream().write(answer);
                        })
                        .summary())
                .matches("PROTOCOL: answer breaks off after \\d+ of 65535 bytes");
        assertThat(overTcp(socket -> {
                            byte[] answer = zone.answer(ZoneServer.read(socket), true);
                            ZoneServer.write(socket, with(answer, 0, (byte) ~answer[0]));
                        })
                        .summary())
                .isEqualTo("PROTOCOL: answer over TCP is not one to this question");
        assertThat(overTcp(socket -> {
                            ZoneServer.read(socket);
                            ZoneServer.write(socket, new byte[0]);
                        })
                        .summary())
                .isEqualTo("PROTOCOL: answer over TCP is not one to this question");
        assertThat(overTcp(socket -> ZoneServer.write(socket, truncated(ZoneServer.read(socket))))
                        .summary())
                .isEqualTo("PROTOCOL: answer over TCP says that it is not complete");
    }

    @Test
    @DisplayName("P16: a drip over TCP does not outlast the run")
    void endsInADrip() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = new RawServer(socket -> {
            byte[] answer = zone.answer(ZoneServer.read(socket), true);
            socket.getOutputStream().write(new byte[] {(byte) 0xFF, (byte) 0xFF});
            for (int i = 0; !over.await(20, TimeUnit.MILLISECONDS); i++) {
                socket.getOutputStream().write(answer[i % answer.length]);
            }
        })) {
            CheckResult result = lookup("shop.example", server.port()).overTcp().run(FixedContext.of(ofMillis(400)));

            assertThat(result.summary())
                    .isEqualTo("TIMEOUT: no answer within 400 ms (waiting for an answer from 127.0.0.1:" + server.port()
                            + " over TCP)");
            await().until(() -> server.served() == 1);
        } finally {
            over.countDown();
        }
    }

    @Test
    @DisplayName("P24: nothing of dnsjava runs, and no thread or connection is left")
    void leavesNothingBehind() throws IOException {
        try (RawServer silent = new RawServer(RawServer::drain)) {
            for (int i = 0; i < 20; i++) {
                run(lookup("shop.example", zone.port()));
                run(lookup("shop.example", zone.port()).overTcp());
                lookup("shop.example", silent.port()).overTcp().run(FixedContext.of(ofMillis(20)));
            }
            SystemServers.find();

            await().until(() -> silent.served() == silent.accepted());
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().toLowerCase(Locale.ROOT).contains("dnsjava"));
    }

    private interface Answerer {
        byte[] answer(byte[] question) throws IOException;
    }

    private static CheckResult answered(Answerer answerer) {
        return answered(answerer, RecordType.A);
    }

    private static CheckResult answered(Answerer answerer, RecordType type) {
        try (DatagramServer server = new DatagramServer((question, reply) -> reply.send(answerer.answer(question)))) {
            return run(DnsCheck.lookup("shop.example", type).server("127.0.0.1", server.port()));
        }
    }

    private static CheckResult overTcp(RawServer.Manners manners) throws IOException {
        try (RawServer server = new RawServer(manners)) {
            return run(lookup("shop.example", server.port()).overTcp());
        }
    }

    private static byte[] question() throws IOException {
        return DnsMessages.write(7, DnsQuestion.of("shop.example", RecordType.A), false, false);
    }

    /** The beginning of an answer that claims to have so many records, up to where they stand. */
    private static byte[] header(byte[] question, int records) {
        int end = 12;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        byte[] head = Arrays.copyOf(question, end + 5);
        head[2] = (byte) 0x84;
        ByteBuffer.wrap(head).putShort(6, (short) records).putShort(10, (short) 0);
        return head;
    }

    private byte[] truncated(byte[] question) throws IOException {
        byte[] answer = zone.answer(question, false);
        return with(answer, 2, (byte) (answer[2] | TRUNCATED));
    }

    /** Writes a name into the first record, which points to that of the question otherwise. */
    private static byte[] named(byte[] answer, String label) {
        ByteArrayOutputStream renamed = new ByteArrayOutputStream();
        int record = 12 + 14 + 4;
        renamed.write(answer, 0, record);
        renamed.write(label.length());
        renamed.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        renamed.write(0xC0);
        renamed.write(17); // the rest of the name of the question
        renamed.write(answer, record + 2, answer.length - record - 2);
        return renamed.toByteArray();
    }

    private static byte[] with(byte[] message, int at, byte value) {
        byte[] changed = message.clone();
        changed[at] = value;
        return changed;
    }

    private static DnsCheck lookup(String name, int port) {
        return DnsCheck.lookup(name, RecordType.A).server("127.0.0.1", port);
    }

    private static CheckResult run(DnsCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
