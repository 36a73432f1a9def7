package io.faradaybridge.jira.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The network rule: the addresses that Jira may have. It checks the address that a name resolves to, so that no
 * spelling (decimal, octal, IPv6-mapped, NAT64, 6to4) avoids the rule. A user who may set Jira's address cannot make
 * the bridge call its own machine, its network or a cloud's metadata.
 */
public final class AllowedAddresses {

    private static final List<Network> NEVER = networks(
            "0.0.0.0/8", // unspecified, and this host on some systems
            "169.254.0.0/16", // link-local; metadata of most clouds at 169.254.169.254
            "100.100.100.200/32", // metadata, Alibaba
            "168.63.129.16/32", // metadata, Azure
            "192.0.0.192/32", // metadata, Oracle
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, broadcast
            "::/128", // unspecified
            "fe80::/10", // link-local
            "fd00:ec2::254/128", // metadata, AWS
            "fd20:ce::254/128", // metadata, Google
            "ff00::/8", // multicast
            "2001::/32" // Teredo: not in use any more, and it contains an IPv4 address
            );

    private static final List<Network> PRIVATE = networks(
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "192.0.0.0/24",
            "198.18.0.0/15",
            "::1/128",
            "fc00::/7",
            "fec0::/10",
            "64:ff9b:1::/48");

    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network LOCAL_NAT64 = Network.parse("64:ff9b:1::/48");
    private static final Network TRANSLATED = Network.parse("::ffff:0:0:0/96");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
    private static final int[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

    private final List<Network> allowed;

    /**
     * @param allowed networks such as {@code 10.0.0.0/8} or single addresses
     * @throws IllegalArgumentException with the first text that is neither
     */
    public AllowedAddresses(List<String> allowed) {
        this.allowed = allowed.stream()
                .map(String::strip)
                .filter(network -> !network.isEmpty())
                .map(Network::parse)
                .toList();
    }

    /** Why Jira may not have this address, as a sentence; empty if it may. */
    String whyNot(InetAddress address) {
        byte[] outer = address.getAddress();
        List<byte[]> readings = readings(outer);
        String shown = address.getHostAddress();
        if (readings.stream().anyMatch(reading -> isIn(NEVER, reading))) {
            return shown
                    + " is an address that Jira cannot be at (link-local, cloud metadata, multicast and the like), whatever"
                    + " bridge.jira.allowed-networks says";
        }
        boolean named = isIn(allowed, outer)
                || readings.stream()
                        .filter(reading -> isIn(PRIVATE, reading))
                        .allMatch(reading -> isIn(allowed, reading));
        return named
                ? ""
                : shown + " is in a private network or on this machine; if Jira is there, name the network in"
                        + " bridge.jira.allowed-networks, such as " + shown.replaceFirst("%.*", "")
                        + (outer.length == 4 ? "/32" : "/128");
    }

    /** The address and each IPv4 address that a translator would make from it. */
    private static List<byte[]> readings(byte[] address) {
        List<byte[]> readings = new ArrayList<>();
        readings.add(address);
        if (address.length != 16) {
            return readings;
        }
        if (SIX_TO_FOUR.holds(address)) {
            readings.add(Arrays.copyOfRange(address, 2, 6));
        }
        if (endsInIPv4(address)) {
            readings.add(Arrays.copyOfRange(address, 12, 16));
        }
        return readings;
    }

    private static boolean endsInIPv4(byte[] address) {
        boolean isatap = (address[8] & 0xfd) == 0
                && address[9] == 0
                && (address[10] & 0xff) == 0x5e
                && (address[11] & 0xff) == 0xfe;
        boolean compatible = zeros(address, 12) && !zeros(address, 14);
        boolean mapped = true;
        for (int i = 0; i < MAPPED.length; i++) {
            mapped &= (address[i] & 0xff) == MAPPED[i];
        }
        return mapped
                || isatap
                || compatible
                || Stream.of(NAT64, LOCAL_NAT64, TRANSLATED).anyMatch(network -> network.holds(address));
    }

    private static boolean zeros(byte[] address, int count) {
        for (int i = 0; i < count; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(List<Network> networks, byte[] address) {
        return networks.stream().anyMatch(network -> network.holds(address));
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::parse).toList();
    }

    private record Network(List<Byte> prefix, int bits) {

        static Network parse(String text) {
            String[] parts = text.split("/", 2);
            byte[] address = literal(parts[0], text);
            int bits = parts.length == 1 ? address.length * 8 : length(parts[1], text);
            if (bits > address.length * 8) {
                throw notANetwork(text);
            }
            List<Byte> prefix = new ArrayList<>();
            for (byte octet : address) {
                prefix.add(octet);
            }
            return new Network(List.copyOf(prefix), bits);
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.size()) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
                if (((address[bit / 8] ^ prefix.get(bit / 8)) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }

        /** Never asks a name server: a text that is no literal address is refused. */
        private static byte[] literal(String address, String text) {
            boolean v4 = address.matches("\\d{1,3}(\\.\\d{1,3}){3}");
            boolean v6 = address.contains(":") && address.matches("[0-9a-fA-F:.]+");
            if (!v4 && !v6) {
                throw notANetwork(text);
            }
            try {
                return InetAddress.getByName(address).getAddress();
            } catch (UnknownHostException e) {
                throw notANetwork(text);
            }
        }

        private static int length(String bits, String text) {
            if (!bits.matches("\\d{1,3}")) {
                throw notANetwork(text);
            }
            return Integer.parseInt(bits);
        }

        private static IllegalArgumentException notANetwork(String text) {
            return new IllegalArgumentException("bridge.jira.allowed-networks holds '" + text
                    + "', which is no network; write it like 10.0.0.0/8, 192.0.2.7 or fd12:3456::/32");
        }
    }
}
