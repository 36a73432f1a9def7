package io.faradaybridge.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Whoever is at an address, for limits: of IPv6 everybody has a whole /64 to send from. */
public final class ClientAddress {

    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:%[^]]*)?]?");
    private static final int LONGEST = 100;
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** @param address as the web server tells it; what is no address stays as it is */
    public static String of(String address) {
        var literal = IPV6.matcher(address);
        if (address.length() > LONGEST || !literal.matches()) {
            return address;
        }
        try {
            // a literal: nobody is asked for a name
            InetAddress parsed = InetAddress.getByName(literal.group(1));
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES)) + "/64"
                    : parsed.getHostAddress();
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }
}
