package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    private final AddressRules strict = AddressRules.allowing("");

    @ParameterizedTest(name = "{0} to {1} is {2}")
    @CsvSource({
        "0.0.0.1, 0.255.255.255, an address of \"this network\"",
        "10.0.0.0, 10.255.255.255, a private address",
        "100.64.0.0, 100.127.255.255, an address behind a carrier's NAT",
        "127.0.0.0, 127.255.255.255, a loopback address",
        "169.254.0.0, 169.254.255.255, a link-local address",
        "172.16.0.0, 172.31.255.255, a private address",
        "192.0.0.0, 192.0.0.255, an address for protocol assignments",
        "192.0.2.0, 192.0.2.255, an address for documentation",
        "192.52.193.0, 192.52.193.255, an address of multicast tunnels",
        "192.88.99.0, 192.88.99.255, an address of 6to4 relays",
        "192.168.0.0, 192.168.255.255, a private address",
        "198.18.0.0, 198.19.255.255, an address for benchmarks",
        "198.51.100.0, 198.51.100.255, an address for documentation",
        "203.0.113.0, 203.0.113.255, an address for documentation",
        "224.0.0.0, 239.255.255.255, a multicast address",
        "240.0.0.0, 255.255.255.254, a reserved address",
        "0.0.0.0, 0.0.0.0, the unspecified address",
        "255.255.255.255, 255.255.255.255, the broadcast address",
        "::, ::, the unspecified address",
        "::1, ::1, a loopback address",
        "::8.8.8.8, ::ffff, an IPv4-compatible address",
        "64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff, an address of a local NAT64",
        "100::, 100::ffff:ffff:ffff:ffff, a discard address",
        "100:0:0:1::, 100:0:0:1:ffff:ffff:ffff:ffff, a dummy address",
        "2001:1::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, an address for protocol assignments",
        "2001:2::, 2001:2:0:ffff:ffff:ffff:ffff:ffff, an address for benchmarks",
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, an address for documentation",
        "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, an address for documentation",
        "5f00::, 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff, an address of segment routing",
        "fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, a private address",
        "fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, a link-local address",
        "fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, a site-local address",
        "ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, a multicast address",
        "200::, 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, a reserved address",
        "4000::, 5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, a reserved address",
        "fe00::, fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff, a reserved address",
    })
    void anAddressOfASpecialRangeIsRefusedByItsName(String first, String last, String what) {
        assertThat(strict.refusal(address(first))).contains(what);
        assertThat(strict.refusal(address(last))).contains(what);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:200::",
                "2001:4860:4860::8888",
                "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
                "2001:db9::",
                "2606:4700::1111",
                "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "3fff:1000::"
            })
    void anAddressOnTheInternetMayBeCalled(String address) {
        assertThat(strict.refusal(address(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "169.254.170.23",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "fd00:ec2::254",
                "fd00:ec2::23",
                "fd20:ce::254",
                "fe80::a9fe:a9fe"
            })
    void theMetadataServiceOfACloudIsOpenedByItsOwnAddressAlone(String address) {
        assertThat(strict.refusal(address(address))).contains("the metadata service of a cloud");
        assertThat(AddressRules.allowing("0.0.0.0/0, ::/0, 169.254.169.0/24, fd00:ec2::/64")
                        .refusal(address(address)))
                .contains("the metadata service of a cloud");
        assertThat(AddressRules.allowing(address).refusal(address(address))).isEmpty();
    }

    @ParameterizedTest(name = "{0} leads to {1}")
    @CsvSource({
        "64:ff9b::127.0.0.1, a loopback address",
        "64:ff9b::10.1.2.3, a private address",
        "64:ff9b::169.254.169.254, the metadata service of a cloud",
        "2002:7f00:1::, a loopback address",
        "2002:c0a8:101:1::5, a private address",
        // client 192.0.2.45 obfuscated, then the server 10.0.0.1 before a client on the internet
        "2001:0:808:808:0:0:3fff:fdd2, an address for documentation",
        "2001:0:a00:1:0:0:f7f7:f7f7, a private address",
    })
    void anAddressThatLeadsToAForbiddenOneIsRefused(String address, String what) {
        assertThat(strict.refusal(address(address))).contains("an address that leads to " + what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"64:ff9b::8.8.8.8", "2002:808:808::1", "2001:0:808:808:0:0:f7f7:f7f7"})
    void anAddressThatLeadsToTheInternetMayBeCalled(String address) {
        assertThat(strict.refusal(address(address))).isEmpty();
    }

    /** The JDK makes the IPv4 address of it by itself, but for the one way of asking that is used here. */
    @Test
    void aMappedAddressIsJudgedAsTheIpv4AddressThatItIs() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};
        Inet6Address address = Inet6Address.getByAddress("kb.example", mapped, -1);

        assertThat(strict.refusal(address)).contains("a private address");
        assertThat(AddressRules.allowing("10.0.0.0/8").refusal(address)).isEmpty();
    }

    @Test
    void aZoneHidesNothing() throws UnknownHostException {
        byte[] metadata = address("fe80::a9fe:a9fe").getAddress();

        assertThat(strict.refusal(Inet6Address.getByAddress(null, metadata, 7)))
                .contains("the metadata service of a cloud");
    }

    @Test
    void allowedNetworksMayBeCalledAndTheirNeighboursMayNot() {
        AddressRules rules = AddressRules.allowing(" 10.1.0.0/16,,192.168.7.9 , fd12::/16,::1");

        assertThat(rules.refusal(address("10.1.255.255"))).isEmpty();
        assertThat(rules.refusal(address("192.168.7.9"))).isEmpty();
        assertThat(rules.refusal(address("fd12:ffff::1"))).isEmpty();
        assertThat(rules.refusal(address("::1"))).isEmpty();
        assertThat(rules.refusal(address("64:ff9b::10.1.2.3"))).isEmpty();
        assertThat(rules.refusal(address("10.2.0.0"))).contains("a private address");
        assertThat(rules.refusal(address("192.168.7.10"))).contains("a private address");
        assertThat(rules.refusal(address("fd13::1"))).contains("a private address");
        assertThat(rules.refusal(address("fdff::1"))).contains("a private address");
        assertThat(rules.refusal(address("ffff::1"))).contains("a multicast address");
        assertThat(rules.refusal(address("127.0.0.1"))).contains("a loopback address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "fd00::/129",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0",
                "010.0.0.256",
                "localhost",
                "kb.example.com/24",
                "::ffff:10.0.0.0/104",
                "fe80::1%eth0/64"
            })
    void anEntryThatIsNoNetworkIsRefusedAndNamed(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRules.allowing("10.0.0.0/8," + entry))
                .withMessageStartingWith("cxone.webhook.allowed-networks: '" + entry + "' is not a network: ");
    }

    private static InetAddress address(String literal) {
        return Network.literal(literal).orElseThrow();
    }
}
