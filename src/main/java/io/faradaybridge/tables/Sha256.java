package io.faradaybridge.tables;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash by which a text is recognised that is not kept itself. */
public final class Sha256 {

    private static final int WHOLE = 32;

    private Sha256() {}

    /** 64 hexadecimal digits. */
    public static String hex(String text) {
        return hex(text, WHOLE);
    }

    /** @param bytes how many of its first bytes, two digits each */
    public static String hex(String text, int bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
