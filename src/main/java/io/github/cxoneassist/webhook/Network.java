package io.github.cxoneassist.webhook;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR notation. Not Netty's {@code IpSubnetFilterRule}: of IPv6 that one, in 4.1.128, also takes
 * every address that begins with as many ones as the range has fixed bits, so that fd12::/16 holds ffff::1.
 *
 * @param prefix the bits that all addresses have in common
 * @param length how many these are
 * @param bits of an address: 32 or 128
 */
record Network(BigInteger prefix, int length, int bits) {

    private static final Pattern CIDR = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");

    /**
     * @param cidr an address, or address and length as in {@code 10.0.0.0/8}
     * @throws IllegalArgumentException quotes what it was given
     */
    static Network parse(String cidr) {
        Matcher parts = CIDR.matcher(cidr);
        InetAddress address = Optional.of(parts)
                .filter(Matcher::matches)
                .flatMap(matched -> literal(matched.group(1)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + cidr + "' is not a network: write it as in 10.1.0.0/16 or fd12::/16"));
        int bits = address.getAddress().length * Byte.SIZE;
        int length = parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
        boolean mapped = bits == Integer.SIZE && cidr.indexOf(':') >= 0;
        if (length > bits || mapped) {
            throw new IllegalArgumentException(
                    "'" + cidr + "' is not a network: the length goes up to 32 for IPv4, which"
                            + " is written with dots alone, and up to 128 for IPv6");
        }
        return new Network(number(address).shiftRight(bits - length), length, bits);
    }

    boolean contains(InetAddress address) {
        return address.getAddress().length * Byte.SIZE == bits
                && number(address).shiftRight(bits - length).equals(prefix);
    }

    /** Whether it is one address and no more. */
    boolean single() {
        return length == bits;
    }

    /** An address without brackets and zone; empty where it is anything else. Nothing is looked up. */
    static Optional<InetAddress> literal(String text) {
        boolean v6 = text.indexOf(':') >= 0 && text.indexOf('%') < 0;
        if (!v6 && !NetUtil.isValidIpV4Address(text)) {
            return Optional.empty();
        }
        try {
            // between brackets, the JDK takes an address and nothing else
            return Optional.of(InetAddress.getByName(v6 ? "[" + text + "]" : text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** @param bytes 4 or 16 of them; 16 that are a mapped IPv4 address become that one */
    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address has 4 or 16 bytes: " + bytes.length, e);
        }
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }
}
