package io.github.cxoneassist.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses may be called. Whoever may name a subscriber could otherwise have this process call what only it can
 * reach: databases, consoles, the metadata service of its cloud. Pure.
 */
public final class AddressRules {

    static final String SETTING = "cxone.webhook.allowed-networks";

    private final List<Network> allowed;

    private AddressRules(List<Network> allowed) {
        this.allowed = allowed;
    }

    /**
     * The internet, and these networks. The metadata services of clouds are not opened by a network around them, only by
     * their own address.
     *
     * @param commaSeparatedNetworks in CIDR notation, or single addresses; may be empty
     * @throws IllegalArgumentException names the setting and the entry that is wrong
     */
    public static AddressRules allowing(String commaSeparatedNetworks) {
        return new AddressRules(Arrays.stream(commaSeparatedNetworks.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(AddressRules::network)
                .toList());
    }

    /** Why the address must not be called, as in "a private address"; empty where it may be. */
    public Optional<String> refusal(InetAddress address) {
        InetAddress plain = EmbeddedIpv4.withoutScope(address);
        boolean metadata = SpecialRanges.isMetadata(plain);
        if (isAllowed(plain, metadata)) {
            return Optional.empty();
        }
        if (metadata) {
            return Optional.of("the metadata service of a cloud");
        }
        List<InetAddress> embedded = EmbeddedIpv4.of(plain);
        if (embedded.isEmpty()) {
            return SpecialRanges.find(plain);
        }
        return embedded.stream()
                .flatMap(inner -> refusal(inner).map(what -> "an address that leads to " + what).stream())
                .findFirst();
    }

    private boolean isAllowed(InetAddress address, boolean byItselfOnly) {
        return allowed.stream().anyMatch(network -> network.contains(address) && (network.single() || !byItselfOnly));
    }

    private static Network network(String entry) {
        try {
            return Network.parse(entry);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(SETTING + ": " + e.getMessage(), e);
        }
    }
}
