package io.faradaybridge.jira;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding by RFC 3986 and RFC 5849 section 3.6; {@link java.net.URLEncoder} differs on {@code * + ~}. */
public final class PercentEncoding {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet > 0 && UNRESERVED.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX[(octet >> 4) & 15]).append(HEX[octet & 15]);
            }
        }
        return encoded.toString();
    }

    /** Decodes a form-encoded name or value like a server: {@code +} is a space. A single percent sign is kept. */
    public static String decodeForm(String encoded) {
        byte[] octets = encoded.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(octets.length);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '+') {
                decoded.write(' ');
            } else if (octets[i] == '%'
                    && i + 2 < octets.length
                    && hex(octets[i + 1]) >= 0
                    && hex(octets[i + 2]) >= 0) {
                decoded.write(hex(octets[i + 1]) * 16 + hex(octets[i + 2]));
                i += 2;
            } else {
                decoded.write(octets[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static int hex(byte octet) {
        return Character.digit((char) octet, 16);
    }
}
