package io.github.cxoneassist.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** IPv4 addresses that an IPv6 address leads to. Pure. */
final class EmbeddedIpv4 {

    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
    private static final Network TEREDO = Network.parse("2001::/32");

    private EmbeddedIpv4() {}

    /** A mapped address, in whichever class it comes, becomes the IPv4 address that it is. */
    static InetAddress withoutScope(InetAddress address) {
        return Network.address(address.getAddress());
    }

    /** Empty where only the address itself counts. */
    static List<InetAddress> of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address)) {
            return List.of(part(bytes, 12));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return List.of(part(bytes, 2));
        }
        if (TEREDO.contains(address)) {
            byte[] client = Arrays.copyOfRange(bytes, 12, 16);
            for (int i = 0; i < client.length; i++) {
                client[i] = (byte) ~client[i];
            }
            // the server is who gets the first packet
            return List.of(part(bytes, 4), Network.address(client));
        }
        return List.of();
    }

    private static InetAddress part(byte[] bytes, int from) {
        return Network.address(Arrays.copyOfRange(bytes, from, from + 4));
    }
}
