package io.sitemonitor.check.internal;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question over UDP and the wait for its answer. Its socket is connected, so that only the one who was asked is heard,
 * and a port where nobody listens is told. The wait ends with the run however many other datagrams come.
 */
public final class UdpExchange {

    /** How often a question is sent again unless a check has its own idea. */
    public static final int USUAL_REPEATS = 2;

    /** The largest datagram that is taken, in bytes: there are no larger ones. */
    private static final int MAX_DATAGRAM = 65_535;

    private static final String PHASE = "exchange";

    /**
     * Judges what comes.
     *
     * @param <T> what is made of an answer
     */
    @FunctionalInterface
    public interface Judge<T> {

        /**
         * Looks at a datagram.
         *
         * @param datagram all of it
         * @return what it says; null if it is not the answer, and the wait goes on
         * @throws IOException if it is the answer, and a broken one
         */
        @Nullable
        T accept(byte[] datagram) throws IOException;
    }

    private UdpExchange() {}

    /**
     * Asks and waits. UDP loses datagrams, so a question that gets no answer is sent again: with two repeats after a
     * quarter and after half of the time.
     *
     * @param run the run
     * @param peer whom to ask
     * @param repeats how often to send again; zero or more
     * @param question makes what is sent, anew for each time
     * @param judge finds the answer
     * @param <T> what is made of it
     * @return the answer
     * @throws SocketTimeoutException if there is none in time
     * @throws IOException if the question could not be sent, or was refused
     */
    public static <T> T ask(HostRun run, InetSocketAddress peer, int repeats, Supplier<byte[]> question, Judge<T> judge)
            throws IOException {
        run.notes().phase(PHASE);
        String waiting = "waiting for an answer from " + run.peer();
        run.doing(waiting);
        try (DatagramSocket socket = new DatagramSocket()) {
            run.context().onCancel(socket::close);
            socket.connect(peer);
            DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
            Deadline until = run.until();
            long all = until.nanosLeft();
            int sent = 0;
            int strange = 0;
            while (!run.isStopped()) {
                long left = until.nanosLeft();
                long due = sent > repeats ? 0 : all - all * sent / (repeats + 2);
                if (sent <= repeats && left <= due) {
                    byte[] datagram = question.get();
                    socket.send(new DatagramPacket(datagram, datagram.length));
                    sent++;
                } else if (isReceived(socket, packet, left - due)) {
                    T answer = judge.accept(Arrays.copyOf(packet.getData(), packet.getLength()));
                    if (answer != null) {
                        return answer;
                    }
                    strange++;
                    run.doing(waiting + ", ignored what was none: " + strange);
                }
            }
            throw new SocketTimeoutException();
        } finally {
            run.notes().pause();
        }
    }

    private static boolean isReceived(DatagramSocket socket, DatagramPacket packet, long nanos) throws IOException {
        try {
            socket.setSoTimeout(Deadline.millis(nanos));
            packet.setLength(MAX_DATAGRAM);
            socket.receive(packet);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
