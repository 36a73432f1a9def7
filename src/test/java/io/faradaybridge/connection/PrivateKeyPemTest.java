package io.faradaybridge.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The files that people give as the private key, and the answer to those that are none. */
class PrivateKeyPemTest {

    private static final KeyPair RSA = pair("RSA", 2048);
    /** Where PKCS#1 begins inside the PKCS#8 of a 2048-bit RSA key. */
    private static final int PKCS8_HEAD = 26;

    private static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }

    private static String pkcs8(Key key) {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pkcs1() {
        byte[] whole = RSA.getPrivate().getEncoded();
        return pem("RSA PRIVATE KEY", Arrays.copyOfRange(whole, PKCS8_HEAD, whole.length));
    }

    private static void isTheKey(String file) {
        assertThat(PrivateKeyPem.read(file.getBytes(StandardCharsets.UTF_8))).isEqualTo(RSA.getPrivate());
    }

    private static void isNamed(String file, String... words) {
        assertThatThrownBy(() -> PrivateKeyPem.read(file.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @Test
    void pkcs8_and_pkcs1_are_read_with_any_line_ends() {
        isTheKey(pkcs8(RSA.getPrivate()));
        isTheKey(pkcs1());
        isTheKey(pkcs1().replace("\n", "\r\n"));
        isTheKey("\uFEFF" + pkcs8(RSA.getPrivate()));
    }

    @Test
    void text_and_certificates_around_a_key_do_no_harm() {
        String certificate = pem("CERTIFICATE", new byte[] {1, 2, 3});
        isTheKey("Bag Attributes\n    friendlyName: jirá-key\nKey Attributes: <No Attributes>\n"
                + pkcs8(RSA.getPrivate()) + certificate);
        isTheKey(certificate + pem("PUBLIC KEY", RSA.getPublic().getEncoded()) + pkcs1() + "-- the end --\n");
    }

    @Test
    void an_encrypted_key_is_named_with_the_line_that_decrypts_it() {
        isNamed(pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}), "encrypted", "openssl pkey -in");
        isNamed("""
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-256-CBC,0123

            AAAA
            -----END RSA PRIVATE KEY-----
            """, "encrypted", "openssl pkey -in");
    }

    @Test
    void a_key_that_is_not_rsa_is_named_with_the_line_that_makes_one() {
        isNamed(pkcs8(pair("EC", 256).getPrivate()), "an EC key", "RSA only", "openssl genpkey -algorithm RSA");
        isNamed(pem("EC PRIVATE KEY", new byte[] {1, 2, 3}), "an EC key", "openssl genpkey -algorithm RSA");
    }

    @Test
    void the_other_half_a_certificate_and_other_programs_formats_are_named() {
        isNamed(pem("PUBLIC KEY", RSA.getPublic().getEncoded()), "public key only");
        isNamed("ssh-rsa AAAAB3NzaC1yc2E= somebody@host", "public key only");
        isNamed(pem("CERTIFICATE", new byte[] {1, 2, 3}), "a certificate only", "openssl");
        isNamed(pem("OPENSSH PRIVATE KEY", new byte[] {1, 2, 3}), "OpenSSH", "ssh-keygen -p -m PKCS8");
        isNamed(
                new String(RSA.getPrivate().getEncoded(), StandardCharsets.ISO_8859_1),
                "is binary",
                "openssl pkey -inform DER");
    }

    @Test
    void a_file_that_is_cut_off_damaged_or_no_key_says_so_and_shows_nothing_of_it() {
        String cut = pkcs8(RSA.getPrivate()).substring(0, 300);
        isNamed(cut, "cut off");
        assertThatThrownBy(() -> PrivateKeyPem.read(cut.getBytes(StandardCharsets.UTF_8)))
                .hasMessageNotContaining(cut.substring(40, 60));
        isNamed(pem("PRIVATE KEY", new byte[] {1, 2, 3}), "damaged", "openssl pkey -in FILE -noout -text");
        isNamed("password=secret", "is no key in PEM");
        isNamed("", "is no key in PEM");
    }
}
