package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.HexFormat;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AddressRulesPropertyTest {

    private final AddressRules strict = AddressRules.allowing("");

    /** What the JDK knows of addresses, it knows on its own. */
    @Property
    void whatTheJdkCallsLocalIsNeverCalled(@ForAll @Size(4) byte[] v4, @ForAll @Size(16) byte[] v6) {
        for (InetAddress address : new InetAddress[] {Network.address(v4), Network.address(v6)}) {
            boolean local = address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isMulticastAddress();
            if (local) {
                assertThat(strict.refusal(address)).as(address.toString()).isPresent();
            }
        }
    }

    @Property
    void anIpv4AddressIsJudgedAlikeHoweverItIsWrapped(@ForAll @Size(4) byte[] v4) {
        boolean refused = strict.refusal(Network.address(v4)).isPresent();

        assertThat(strict.refusal(wrapped("00000000000000000000ffff", v4, "")).isPresent())
                .as("mapped")
                .isEqualTo(refused);
        assertThat(strict.refusal(wrapped("0064ff9b0000000000000000", v4, "")).isPresent())
                .as("NAT64")
                .isEqualTo(refused);
        assertThat(strict.refusal(wrapped("2002", v4, "00010000000000000001")).isPresent())
                .as("6to4")
                .isEqualTo(refused);
        assertThat(strict.refusal(wrapped("20010000", v4, "00000000f7f7f7f7")).isPresent())
                .as("Teredo server")
                .isEqualTo(refused);
    }

    @Property
    void outsideOfGlobalUnicastOnlyWrappersOfIpv4AreCalled(@ForAll @Size(16) byte[] v6) {
        Assume.that((v6[0] & 0xe0) != 0x20);
        Assume.that(Network.address(v6).getAddress().length == 16);

        assertThat(strict.refusal(Network.address(v6))).isPresent();
    }

    @Property
    void anAllowedNetworkOpensItselfAndNothingElse(
            @ForAll @Size(4) byte[] network, @ForAll @IntRange(max = 32) int length, @ForAll @Size(4) byte[] other) {
        InetAddress address = Network.address(other);
        Assume.that(!SpecialRanges.isMetadata(address));
        AddressRules rules = AddressRules.allowing(Network.address(network).getHostAddress() + "/" + length);
        int shift = 32 - length;
        boolean within =
                new BigInteger(1, network).shiftRight(shift).equals(new BigInteger(1, other).shiftRight(shift));

        assertThat(rules.refusal(address).isEmpty())
                .isEqualTo(within || strict.refusal(address).isEmpty());
    }

    @Property
    void anAllowedIpv6NetworkOpensItselfAndNothingElse(
            @ForAll @Size(16) byte[] network,
            @ForAll @IntRange(max = 128) int length,
            @ForAll @Size(16) byte[] random,
            @ForAll @IntRange(max = 16) int common) {
        byte[] other = random.clone();
        System.arraycopy(network, 0, other, 0, common);
        InetAddress address = Network.address(other);
        Assume.that(
                address.getAddress().length == 16 && EmbeddedIpv4.of(address).isEmpty());
        Assume.that(Network.address(network).getAddress().length == 16 && !SpecialRanges.isMetadata(address));
        AddressRules rules = AddressRules.allowing(Network.address(network).getHostAddress() + "/" + length);
        String bits = bits(network).substring(0, length);

        assertThat(rules.refusal(address).isEmpty())
                .isEqualTo(
                        bits(other).startsWith(bits) || strict.refusal(address).isEmpty());
    }

    private static String bits(byte[] bytes) {
        StringBuilder bits = new StringBuilder();
        for (byte each : bytes) {
            bits.append(Integer.toBinaryString(each & 0xff | 0x100).substring(1));
        }
        return bits.toString();
    }

    private static InetAddress wrapped(String before, byte[] v4, String after) {
        return Network.address(HexFormat.of().parseHex(before + HexFormat.of().formatHex(v4) + after));
    }
}
