package io.faradaybridge.jira.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The trusted certificates: Java's own and those of a file. */
final class TrustedAuthorities {

    private TrustedAuthorities() {}

    /**
     * @param caFile certificates in PEM; empty for only Java's
     * @throws IllegalStateException with the setting, if the file cannot be read
     */
    static SSLContext javasAnd(String caFile) {
        try {
            KeyStore store = caFile.isEmpty() ? null : withJavas(Path.of(caFile));
            TrustManager[] managers = managers(store);
            for (int i = 0; i < managers.length; i++) {
                if (managers[i] instanceof X509ExtendedTrustManager javas) {
                    managers[i] = new CertificateCheck(javas);
                }
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(caFile, e);
        }
    }

    private static KeyStore withJavas(Path caFile) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (X509Certificate known : javas()) {
            store.setCertificateEntry("java-" + number++, known);
        }
        for (Certificate own : read(caFile)) {
            store.setCertificateEntry("own-" + number++, own);
        }
        return store;
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (found.isEmpty()) {
                throw unusable(file.toString(), null);
            }
            return found;
        }
    }

    private static X509Certificate[] javas() throws GeneralSecurityException {
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager authorities) {
                return authorities.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static IllegalStateException unusable(String file, @Nullable Exception cause) {
        return new IllegalStateException(
                "bridge.jira.ca-file " + file + " cannot be used; it must be readable and hold certificates in PEM"
                        + " (BEGIN CERTIFICATE)",
                cause);
    }
}
