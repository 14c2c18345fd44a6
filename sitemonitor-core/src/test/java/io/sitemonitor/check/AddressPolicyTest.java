package io.sitemonitor.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254, a link-local address",
        "169.254.0.1, a link-local address",
        "fe80::1, a link-local address",
        "::ffff:169.254.169.254, a link-local address",
        "64:ff9b::a9fe:a9fe, a link-local address",
        "2002:a9fe:a9fe::1, a link-local address",
        "::a9fe:a9fe, a link-local address",
        "100.100.100.200, a metadata address",
        "192.0.0.192, a metadata address",
        "168.63.129.16, a metadata address",
        "fd00:ec2::254, a metadata address",
        "fd20:ce::254, a metadata address",
    })
    void refusesMetadataByDefaultInAnySpelling(String address, String what) throws Exception {
        assertThat(AddressPolicy.standard().objection(InetAddress.getByName(address), 80))
                .endsWith(" is " + what);
        assertThat(AddressPolicy.publicOnly().objection(InetAddress.getByName(address), 80))
                .endsWith(" is " + what);
        assertThat(AddressPolicy.anywhere().objection(InetAddress.getByName(address), 80))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, an address of this host",
        "0.1.2.3, an address of this host",
        "10.255.255.255, a private address",
        "100.64.0.1, a private address",
        "100.127.255.255, a private address",
        "127.0.0.1, a loopback address",
        "127.9.9.9, a loopback address",
        "172.16.0.0, a private address",
        "172.31.255.255, a private address",
        "192.0.0.1, a reserved address",
        "192.0.2.1, an address for documentation",
        "192.88.99.1, a reserved address",
        "192.168.1.1, a private address",
        "198.18.0.1, an address for benchmarks",
        "198.19.255.255, an address for benchmarks",
        "198.51.100.1, an address for documentation",
        "203.0.113.1, an address for documentation",
        "224.0.0.1, a multicast address",
        "239.255.255.255, a multicast address",
        "240.0.0.1, a reserved address",
        "255.255.255.255, a reserved address",
        "::, an address of this host",
        "::1, a loopback address",
        "::127.0.0.1, a loopback address",
        "::ffff:10.0.0.1, a private address",
        "64:ff9b::10.0.0.1, a private address",
        "64:ff9b:1::1, a reserved address",
        "100::1, a reserved address",
        "2001::1, a reserved address",
        "2001:db8::1, an address for documentation",
        "2002:0a00:0001::, a private address",
        "3fff::1, an address for documentation",
        "4000::1, a reserved address",
        "5f00::1, a reserved address",
        "fc00::1, a private address",
        "fdff::1, a private address",
        "fec0::1, a private address",
        "ff02::1, a multicast address",
    })
    void publicOnlyRefusesAllThatIsNotPublic(String address, String what) throws Exception {
        assertThat(AddressPolicy.publicOnly().objection(InetAddress.getByName(address), 443))
                .endsWith(" is " + what);
        assertThat(AddressPolicy.standard().objection(InetAddress.getByName(address), 443))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:200::1",
                "2a00::1",
                "64:ff9b::1.1.1.1",
                "2002:0101:0101::1",
            })
    void publicOnlyAllowsPublicAddressesUpToTheBorders(String address) throws Exception {
        assertThat(AddressPolicy.publicOnly().objection(InetAddress.getByName(address), 443))
                .isNull();
    }

    @Test
    void exceptionsAllowAndRefuseAndRefusingHasTheLastWord() throws UnknownHostException {
        AddressPolicy policy = AddressPolicy.publicOnly()
                .allow("10.20.0.0/16")
                .allow("fd00:1::/32")
                .deny("10.20.7.0/24")
                .deny("9.9.9.9");

        assertThat(objection(policy, "10.20.0.1")).isNull();
        assertThat(objection(policy, "fd00:1::7")).isNull();
        assertThat(objection(policy, "10.21.0.1")).isEqualTo("10.21.0.1 is a private address");
        assertThat(objection(policy, "10.20.7.1")).isEqualTo("10.20.7.1 is not allowed");
        assertThat(objection(policy, "9.9.9.9")).isEqualTo("9.9.9.9 is not allowed");
        assertThat(objection(policy, "9.9.9.8")).isNull();
        assertThat(objection(policy, "64:ff9b::9.9.9.9")).endsWith(" is not allowed");
        assertThat(objection(AddressPolicy.anywhere().deny("127.0.0.0/8"), "127.0.0.1"))
                .isEqualTo("127.0.0.1 is not allowed");
    }

    @Test
    void boundsPortsAndSchemes() throws UnknownHostException {
        AddressPolicy policy =
                AddressPolicy.standard().ports(443).ports(80, 8080).schemes("HTTPS");
        InetAddress local = InetAddress.getByName("127.0.0.1");

        assertThat(policy.objection(local, 443)).isNull();
        assertThat(policy.objection(local, 8080)).isNull();
        assertThat(policy.objection(local, 22)).isEqualTo("port 22 is not allowed");
        assertThat(policy.objection(local, 0)).as("a protocol without ports").isNull();
        assertThat(policy.objection("https")).isNull();
        assertThat(policy.objection("http")).isEqualTo("scheme http is not allowed");
        assertThat(AddressPolicy.standard().objection("http")).isNull();
    }

    @Test
    void refusesWhatIsNoRangeNoPortAndNoScheme() {
        AddressPolicy policy = AddressPolicy.standard();
        for (String range :
                List.of("", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "10.0.0.0/8/8", "shop.example", "::/129")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> policy.allow(range))
                    .withMessageContaining("an address range must be written as")
                    .withMessageContaining("'" + range + "'");
        }
        refuses(() -> policy.deny("10.0.0.1/8"), "must begin with its first address, 10.0.0.0/8");
        refuses(() -> policy.ports(0), "port must be from 1 to 65535, but was 0");
        refuses(() -> policy.ports(1, 65_536), "port must be from 1 to 65535, but was 65536");
        refuses(() -> policy.schemes(" "), "a scheme must not be empty");
        Consumer<Integer> fill = count -> {
            AddressPolicy full = policy;
            for (int i = 0; i < count; i++) {
                full = full.deny("10.0." + i / 250 + "." + i % 250);
            }
        };
        refuses(() -> fill.accept(257), "at most 256");
    }

    @Test
    void isEqualToOneWithTheSameOptionsAndSaysWhatItIs() {
        AddressPolicy policy =
                AddressPolicy.publicOnly().allow("10.0.0.0/8").ports(443).schemes("https");

        assertThat(policy)
                .isEqualTo(AddressPolicy.publicOnly()
                        .allow("10.0.0.0/8")
                        .ports(443)
                        .schemes("https"))
                .hasSameHashCodeAs(AddressPolicy.publicOnly()
                        .allow("10.0.0.0/8")
                        .ports(443)
                        .schemes("https"))
                .isNotEqualTo(AddressPolicy.standard())
                .hasToString("AddressPolicy[public only, allow [10.0.0.0/8], ports [443], schemes [https]]");
    }

    private static String objection(AddressPolicy policy, String address) throws UnknownHostException {
        return policy.objection(InetAddress.getByName(address), 443);
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }
}
