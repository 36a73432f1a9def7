package io.faradaybridge.sandbox.jira;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** RSA keys as an Application Link takes them. */
public final class Keys {

    private Keys() {}

    static KeyPair fresh() {
        return generator().generateKeyPair();
    }

    /**
     * Makes keys of a quarter of the length that a site would take, whatever is asked for: with 2048 bits, making them and
     * signing was a third of the time of all stories.
     */
    public static KeyPairGenerator generator() {
        try {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(512);
            return new KeyPairGenerator("RSA") {
                @Override
                public void initialize(int bits) {
                    // stays short
                }

                @Override
                public KeyPair generateKeyPair() {
                    return rsa.generateKeyPair();
                }
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static PublicKey publicKey(String pem) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("\"publicKey\" is no RSA public key in PEM.", e);
        }
    }
}
