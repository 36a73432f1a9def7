package io.faradaybridge.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The client of an address, for limits. For IPv6 it is the /64 network, because a client can use all its addresses. */
public final class ClientAddress {

    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:%[^]]*)?]?");
    private static final int LONGEST = 100;
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** @param address as the web server returns it; a text that is no address is returned unchanged */
    public static String of(String address) {
        var literal = IPV6.matcher(address);
        if (address.length() > LONGEST || !literal.matches()) {
            return address;
        }
        try {
            // a literal address, so no name server is asked
            InetAddress parsed = InetAddress.getByName(literal.group(1));
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES)) + "/64"
                    : parsed.getHostAddress();
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }
}
