package io.sitemonitor.check.icmp;

/** What ping commands write, of several makes. */
final class PingOutputs {

    static final String IPUTILS = """
            PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
            64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.030 ms
            64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=0.040 ms
            64 bytes from 127.0.0.1: icmp_seq=3 ttl=64 time=0.050 ms

            --- 127.0.0.1 ping statistics ---
            3 packets transmitted, 3 received, 0% packet loss, time 2003ms
            rtt min/avg/max/mdev = 0.030/0.040/0.050/0.008 ms
            """;

    static final String IPUTILS_LOSS = """
            PING 192.0.2.7 (192.0.2.7) 56(84) bytes of data.
            64 bytes from 192.0.2.7: icmp_seq=2 ttl=57 time=14.2 ms
            64 bytes from 192.0.2.7: icmp_seq=2 ttl=57 time=14.3 ms (DUP!)

            --- 192.0.2.7 ping statistics ---
            3 packets transmitted, 1 received, +1 duplicates, 66.6667% packet loss, time 2038ms
            rtt min/avg/max/mdev = 14.200/14.200/14.200/0.000 ms
            """;

    static final String IPUTILS_SILENCE = """
            PING 192.0.2.7 (192.0.2.7) 56(84) bytes of data.

            --- 192.0.2.7 ping statistics ---
            3 packets transmitted, 0 received, 100% packet loss, time 2045ms

            """;

    static final String IPUTILS_NO_WAY = """
            PING 192.0.2.7 (192.0.2.7) 56(84) bytes of data.
            From 192.0.2.1 icmp_seq=1 Destination Host Unreachable
            From 192.0.2.1 icmp_seq=2 Destination Host Unreachable

            --- 192.0.2.7 ping statistics ---
            3 packets transmitted, 0 received, +2 errors, 100% packet loss, time 2045ms
            pipe 3
            """;

    static final String IPUTILS_NOT_PERMITTED = """
            ping: socktype: SOCK_RAW
            ping: socket: Operation not permitted
            ping: => missing cap_net_raw+p capability or setuid?
            """;

    static final String IPUTILS_FIREWALL = """
            PING 192.0.2.7 (192.0.2.7) 56(84) bytes of data.
            ping: sendmsg: Operation not permitted

            --- 192.0.2.7 ping statistics ---
            1 packets transmitted, 0 received, 100% packet loss, time 0ms
            """;

    static final String BUSYBOX = """
            PING 127.0.0.1 (127.0.0.1): 56 data bytes
            64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.045 ms
            64 bytes from 127.0.0.1: seq=1 ttl=64 time=0.055 ms
            64 bytes from 127.0.0.1: seq=2 ttl=64 time=0.065 ms

            --- 127.0.0.1 ping statistics ---
            3 packets transmitted, 3 packets received, 0% packet loss
            round-trip min/avg/max = 0.045/0.055/0.065 ms
            """;

    static final String BUSYBOX_NOT_PERMITTED = """
            PING 192.0.2.7 (192.0.2.7): 56 data bytes
            ping: permission denied (are you root?)
            """;

    static final String MACOS = """
            PING 127.0.0.1 (127.0.0.1): 56 data bytes
            64 bytes from 127.0.0.1: icmp_seq=0 ttl=64 time=0.052 ms
            Request timeout for icmp_seq 1
            64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=0.148 ms

            --- 127.0.0.1 ping statistics ---
            3 packets transmitted, 2 packets received, 33.3% packet loss
            round-trip min/avg/max/stddev = 0.052/0.100/0.148/0.048 ms
            """;

    static final String MACOS_SILENCE = """
            PING 192.0.2.7 (192.0.2.7): 56 data bytes
            Request timeout for icmp_seq 0
            Request timeout for icmp_seq 1

            --- 192.0.2.7 ping statistics ---
            3 packets transmitted, 0 packets received, 100.0% packet loss
            """;

    static final String MACOS_IPV6 = """
            PING6(56=40+8+8 bytes) ::1 --> ::1
            16 bytes from ::1, icmp_seq=0 hlim=64 time=0.063 ms
            16 bytes from ::1, icmp_seq=1 hlim=64 time=0.137 ms

            --- ::1 ping6 statistics ---
            2 packets transmitted, 2 packets received, 0.0% packet loss
            round-trip min/avg/max/std-dev = 0.063/0.100/0.137/0.037 ms
            """;

    static final String WINDOWS = """

            Pinging 127.0.0.1 with 32 bytes of data:
            Reply from 127.0.0.1: bytes=32 time<1ms TTL=128
            Reply from 127.0.0.1: bytes=32 time=3ms TTL=128

            Ping statistics for 127.0.0.1:
                Packets: Sent = 2, Received = 2, Lost = 0 (0% loss),
            Approximate round trip times in milli-seconds:
                Minimum = 0ms, Maximum = 3ms, Average = 1ms
            """;

    static final String WINDOWS_GERMAN = """

            Ping wird ausgefuehrt fuer 127.0.0.1 mit 32 Bytes Daten:
            Antwort von 127.0.0.1: Bytes=32 Zeit<1ms TTL=128

            Ping-Statistik fuer 127.0.0.1:
                Pakete: Gesendet = 1, Empfangen = 1, Verloren = 0
                (0% Verlust),
            Ca. Zeitangaben in Millisek.:
                Minimum = 0ms, Maximum = 0ms, Mittelwert = 0ms
            """;

    static final String WINDOWS_NO_WAY = """

            Pinging 192.0.2.7 with 32 bytes of data:
            Reply from 192.0.2.1: Destination host unreachable.

            Ping statistics for 192.0.2.7:
                Packets: Sent = 1, Received = 1, Lost = 0 (0% loss),
            """;

    private PingOutputs() {}
}
