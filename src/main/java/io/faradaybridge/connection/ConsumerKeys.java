package io.faradaybridge.connection;

import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.secrets.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The key pair of Jira's Application Link: in a file of the operator, or else in the stored secrets. */
@Component
class ConsumerKeys {

    private final ConnectionSettings environment;
    private final Secrets secrets;
    private final ObjectProvider<KeyPairGenerator> generators;

    /** @param generators of RSA keys, in a context that has its own; Java's otherwise */
    ConsumerKeys(ConnectionSettings environment, Secrets secrets, ObjectProvider<KeyPairGenerator> generators) {
        this.environment = environment;
        this.secrets = secrets;
        this.generators = generators;
    }

    boolean inAFile() {
        return !environment.privateKeyFile().isBlank();
    }

    boolean exists() {
        return inAFile() || secrets.has(Secrets.PRIVATE_KEY);
    }

    /** @throws JiraFailure if it cannot be read, with what to set up */
    Optional<PrivateKey> privateKey() {
        return inAFile()
                ? Optional.of(parse(file(), "The private key file " + environment.privateKeyFile()))
                : secrets.find(Secrets.PRIVATE_KEY)
                        .map(pem -> parse(pem.getBytes(StandardCharsets.UTF_8), "The stored private key"));
    }

    /** The public key in use, for Jira's administrator to paste. */
    Optional<String> publicKeyPem() {
        return privateKey().map(ConsumerKeys::publicOf).map(key -> pem("PUBLIC KEY", key.getEncoded()));
    }

    KeyPair make(int bits) {
        KeyPairGenerator generator = generators.getIfAvailable(ConsumerKeys::generator);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static KeyPairGenerator generator() {
        try {
            return KeyPairGenerator.getInstance("RSA");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot make RSA keys", e);
        }
    }

    /** Stores a new pair in place of the old one. */
    void save(KeyPair pair) {
        secrets.save(Secrets.PRIVATE_KEY, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    static String publicPem(KeyPair pair) {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private byte[] file() {
        try {
            return Files.readAllBytes(Path.of(environment.privateKeyFile()));
        } catch (IOException | InvalidPathException e) {
            throw ConfiguredJira.unconnected("The private key file " + environment.privateKeyFile()
                    + " (bridge.connection.private-key-file) cannot be read: check that it exists and that the user"
                    + " of the bridge's process may read it.");
        }
    }

    private static PrivateKey parse(byte[] pem, String what) {
        try {
            return PrivateKeyPem.read(pem);
        } catch (IllegalArgumentException e) {
            throw ConfiguredJira.unconnected(what + " " + e.getMessage() + ".");
        }
    }

    private static PublicKey publicOf(PrivateKey key) {
        if (!(key instanceof RSAPrivateCrtKey rsa)) {
            throw ConfiguredJira.unconnected("The private key holds no public part; make a new pair.");
        }
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw ConfiguredJira.unconnected("The private key is no usable RSA key; make a new pair.");
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }
}
