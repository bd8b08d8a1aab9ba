package dev.nightjar.server.transport;

import dev.nightjar.server.yaml.Section;
import java.net.InetAddress;
import java.util.List;

/**
 * The networks whose word about their clients is taken.
 *
 * @param networks none by default
 */
public record TrustedProxies(List<Network> networks) {

    private static final String NUMBERS_AND_COLONS = "[0-9a-fA-F.:]+";

    /**
     * All addresses that begin with the same bits.
     *
     * @param address one of them
     * @param bits how many are the same
     */
    public record Network(InetAddress address, int bits) {

        boolean has(InetAddress other) {
            byte[] ours = address.getAddress();
            byte[] theirs = other.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 1 << (7 - bit % Byte.SIZE);
                if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Copies the list. */
    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /** Whether this peer is one of them. */
    public boolean has(InetAddress peer) {
        return networks.stream().anyMatch(network -> network.has(peer));
    }

    static TrustedProxies read(Section section, List<String> texts) {
        return new TrustedProxies(texts.stream().map(text -> network(section, text)).toList());
    }

    /** Never asks a name server: text that is no address is refused before. */
    private static Network network(Section section, String text) {
        String[] parts = text.split("/", 2);
        if (parts[0].matches(NUMBERS_AND_COLONS)) {
            try {
                InetAddress address = InetAddress.ofLiteral(parts[0]);
                int most = address.getAddress().length * Byte.SIZE;
                int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
                if (bits >= 0 && bits <= most) {
                    return new Network(address, bits);
                }
            } catch (IllegalArgumentException notOne) {
                // told below, as other wrong ones are
            }
        }
        throw section.fault(
                "trusted_proxies: expected an address or a network such as 10.0.0.0/8, found '%s'"
                        .formatted(text));
    }
}
