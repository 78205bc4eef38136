package io.github.cxoneassist.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Addresses that are not simply somewhere on the internet, after the special-purpose registries of IANA for IPv4 and IPv6
 * (RFC 6890 and what came after it). Also those of the registries that are reachable from everywhere but belong to no
 * web server, but for the name servers of AS112, which do no harm.
 */
final class SpecialRanges {

    /** Where clouds hand out the credentials of a machine; most of them lie within a range below, one does not. */
    private static final Set<InetAddress> METADATA = Stream.of(
                    "169.254.169.254",
                    // AWS: credentials of a container, of a pod
                    "169.254.170.2",
                    "169.254.170.23",
                    "fd00:ec2::254",
                    "fd00:ec2::23",
                    // Google
                    "fd20:ce::254",
                    // Alibaba
                    "100.100.100.200",
                    // Oracle, the older one
                    "192.0.0.192",
                    // Azure's, with an address like everybody else's
                    "168.63.129.16",
                    // OpenStack
                    "fe80::a9fe:a9fe")
            .map(address -> Network.literal(address).orElseThrow())
            .collect(Collectors.toUnmodifiableSet());

    private static final List<Range> V4 = List.of(
            new Range("127.0.0.0/8", "a loopback address"),
            new Range("10.0.0.0/8", "a private address"),
            new Range("172.16.0.0/12", "a private address"),
            new Range("192.168.0.0/16", "a private address"),
            new Range("169.254.0.0/16", "a link-local address"),
            new Range("100.64.0.0/10", "an address behind a carrier's NAT"),
            new Range("0.0.0.0/32", "the unspecified address"),
            new Range("0.0.0.0/8", "an address of \"this network\""),
            new Range("192.0.0.0/24", "an address for protocol assignments"),
            new Range("192.0.2.0/24", "an address for documentation"),
            new Range("198.51.100.0/24", "an address for documentation"),
            new Range("203.0.113.0/24", "an address for documentation"),
            new Range("198.18.0.0/15", "an address for benchmarks"),
            new Range("192.52.193.0/24", "an address of multicast tunnels"),
            new Range("192.88.99.0/24", "an address of 6to4 relays"),
            new Range("224.0.0.0/4", "a multicast address"),
            new Range("255.255.255.255/32", "the broadcast address"),
            new Range("240.0.0.0/4", "a reserved address"));

    private static final List<Range> V6 = List.of(
            new Range("::1/128", "a loopback address"),
            new Range("::/128", "the unspecified address"),
            new Range("::/96", "an IPv4-compatible address"),
            new Range("64:ff9b:1::/48", "an address of a local NAT64"),
            new Range("fc00::/7", "a private address"),
            new Range("fe80::/10", "a link-local address"),
            new Range("fec0::/10", "a site-local address"),
            new Range("ff00::/8", "a multicast address"),
            new Range("100::/64", "a discard address"),
            new Range("100:0:0:1::/64", "a dummy address"),
            new Range("5f00::/16", "an address of segment routing"),
            new Range("2001:db8::/32", "an address for documentation"),
            new Range("3fff::/20", "an address for documentation"),
            new Range("2001:2::/48", "an address for benchmarks"),
            new Range("2001::/23", "an address for protocol assignments"));

    /** All that IANA has given out for unicast lies within it. */
    private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

    private SpecialRanges() {}

    static boolean isMetadata(InetAddress address) {
        // an address with a scope is not equal to the same one without
        return METADATA.contains(EmbeddedIpv4.withoutScope(address));
    }

    /** What is special about the address, with an article; empty for an address on the internet. */
    static Optional<String> find(InetAddress address) {
        boolean v4 = address instanceof Inet4Address;
        Optional<String> found = (v4 ? V4 : V6)
                .stream()
                        .filter(range -> range.network().contains(address))
                        .map(Range::what)
                        .findFirst();
        return found.isPresent() || v4 || GLOBAL_UNICAST.contains(address) ? found : Optional.of("a reserved address");
    }

    private record Range(Network network, String what) {

        Range(String cidr, String what) {
            this(Network.parse(cidr), what);
        }
    }
}
