package io.faradaybridge.connection;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the private key of an OAuth consumer: PKCS#8 or PKCS#1 in PEM, with text or certificates around it. For any
 * other file the error says what the file is, with the command that makes a usable one.
 */
final class PrivateKeyPem {

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String MAKE_ONE = "make one by 'openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048"
            + " -out jira-key.pem' and give Jira its public half ('openssl pkey -in jira-key.pem -pubout')";
    /** The head of a PKCS#8 key of algorithm rsaEncryption: version 0, the algorithm, no parameters. */
    private static final byte[] RSA_HEAD = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private PrivateKeyPem() {}

    /**
     * @throws IllegalArgumentException with what the file is instead, as the end of a sentence about it, and what to do
     */
    static PrivateKey read(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        Matcher block = BLOCK.matcher(text);
        String others = "";
        while (block.find()) {
            String kind = block.group(1).toUpperCase(Locale.ROOT);
            String content = block.group(2);
            if (kind.startsWith("ENCRYPTED") || content.contains("ENCRYPTED")) {
                throw new IllegalArgumentException(
                        "is encrypted with a passphrase; decrypt it by 'openssl pkey -in FILE -out jira-key.pem'");
            }
            switch (kind) {
                case "PRIVATE KEY" -> {
                    return rsa(decoded(content));
                }
                case "RSA PRIVATE KEY" -> {
                    return rsa(wrapped(decoded(content)));
                }
                case "OPENSSH PRIVATE KEY" ->
                    throw new IllegalArgumentException("is in OpenSSH's own format; if it is an RSA key, convert it by"
                            + " 'ssh-keygen -p -m PKCS8 -f FILE', else " + MAKE_ONE);
                case "EC PRIVATE KEY", "DSA PRIVATE KEY" -> throw notRsa(kind.substring(0, kind.indexOf(' ')));
                default -> others = kind;
            }
        }
        throw new IllegalArgumentException(whatItIs(file, text, others));
    }

    private static String whatItIs(byte[] file, String text, String others) {
        if (others.contains("PUBLIC KEY") || text.startsWith("ssh-")) {
            return "holds the public key only; give the private key that it was made from, or " + MAKE_ONE;
        }
        if (others.contains("CERTIFICATE")) {
            return "holds a certificate only, and no private key; give the key that it was made with, or " + MAKE_ONE;
        }
        if (file.length > 2 && file[0] == 0x30) {
            return "is binary (DER or PKCS#12); convert it by 'openssl pkey -inform DER -in FILE -out jira-key.pem', or"
                    + " 'openssl pkcs12 -in FILE -nocerts -nodes -out jira-key.pem'";
        }
        return text.contains("-----BEGIN")
                ? "is cut off, or its lines are broken: a PEM file ends with a line -----END PRIVATE KEY-----; copy it"
                        + " whole"
                : "is no key in PEM, which begins with -----BEGIN PRIVATE KEY-----; " + MAKE_ONE;
    }

    private static byte[] decoded(String content) {
        try {
            return Base64.getMimeDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
    }

    private static PrivateKey rsa(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            for (String other : List.of("EC", "DSA", "EdDSA", "XDH", "DH")) {
                if (isOf(other, pkcs8)) {
                    throw notRsa(other);
                }
            }
            throw damaged();
        }
    }

    private static boolean isOf(String algorithm, byte[] pkcs8) {
        try {
            KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static IllegalArgumentException notRsa(String algorithm) {
        return new IllegalArgumentException(
                "is an " + algorithm + " key, and Jira's OAuth 1.0a takes RSA only; " + MAKE_ONE);
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException(
                "is damaged: 'openssl pkey -in FILE -noout -text' says more; copy it again, or " + MAKE_ONE);
    }

    /** PKCS#1 holds only the numbers; PKCS#8 also names their algorithm. */
    private static byte[] wrapped(byte[] pkcs1) {
        byte[] key = tagged(0x04, pkcs1);
        byte[] both = new byte[RSA_HEAD.length + key.length];
        System.arraycopy(RSA_HEAD, 0, both, 0, RSA_HEAD.length);
        System.arraycopy(key, 0, both, RSA_HEAD.length, key.length);
        return tagged(0x30, both);
    }

    /** DER: the tag, the length in two bytes (long form), the content. */
    private static byte[] tagged(int tag, byte[] content) {
        if (content.length > 0xffff - RSA_HEAD.length - 4) {
            throw damaged();
        }
        byte[] whole = new byte[content.length + 4];
        whole[0] = (byte) tag;
        whole[1] = (byte) 0x82;
        whole[2] = (byte) (content.length >> 8);
        whole[3] = (byte) content.length;
        System.arraycopy(content, 0, whole, 4, content.length);
        return whole;
    }
}
