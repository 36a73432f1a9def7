package io.faradaybridge.jira;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that only this test knows, and servers whose certificates it signed. Made with the JDK's keytool. */
final class PrivateAuthority {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path certificate;

    PrivateAuthority(Path folder) {
        this.folder = folder;
        this.certificate = folder.resolve("ca.pem");
        keytool("-genkeypair", "-keystore", "ca.p12", "-alias", "ca", "-dname", "CN=Private CA", "-ext", "bc:c");
        keytool("-exportcert", "-rfc", "-keystore", "ca.p12", "-alias", "ca", "-file", certificate.toString());
    }

    /** PEM, as {@code bridge.jira.ca-file} takes it. */
    Path certificate() {
        return certificate;
    }

    /** @param names the certificate's, such as {@code dns:localhost} */
    ServerSocket server(String names) {
        String store = "server-" + names.replaceAll("\\W", "-") + ".p12";
        keytool("-genkeypair", "-keystore", store, "-alias", "server", "-dname", "CN=Jira");
        keytool("-certreq", "-keystore", store, "-alias", "server", "-file", "request.csr");
        keytool(
                "-gencert",
                "-rfc",
                "-keystore",
                "ca.p12",
                "-alias",
                "ca",
                "-infile",
                "request.csr",
                "-outfile",
                "server.pem",
                "-ext",
                "san=" + names);
        keytool("-importcert", "-noprompt", "-keystore", store, "-alias", "ca", "-file", certificate.toString());
        keytool("-importcert", "-noprompt", "-keystore", store, "-alias", "server", "-file", "server.pem");
        try (InputStream in = Files.newInputStream(folder.resolve(store))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        if (List.of(arguments).contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "2"));
        }
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
