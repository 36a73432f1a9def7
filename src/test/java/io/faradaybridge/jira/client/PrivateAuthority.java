package io.faradaybridge.jira.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that only this test knows, and servers whose certificates it signed. Made with the JDK's keytool. */
public final class PrivateAuthority {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path certificate;

    public PrivateAuthority(Path folder) {
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
    public ServerSocket server(String names) {
        return server(names, "ca", false);
    }

    /** Another authority in between signed its certificate, which it does not send. */
    public ServerSocket serverWithoutItsIntermediate(String names) {
        keytool(
                "-genkeypair",
                "-keystore",
                "between.p12",
                "-alias",
                "between",
                "-dname",
                "CN=Authority Between",
                "-ext",
                "bc:c");
        sign("between.p12", "between", "ca", "bc:c");
        return server(names, "between", true);
    }

    /** Its certificate ended years ago. */
    public ServerSocket expiredServer(String names) {
        return server(names, "ca", false, "-startdate", "2020/01/01 00:00:00");
    }

    private ServerSocket server(String names, String by, boolean alone, String... dates) {
        String store = "server-" + (by + names).replaceAll("\\W", "-") + dates.length + ".p12";
        keytool("-genkeypair", "-keystore", store, "-alias", "server", "-dname", "CN=Jira");
        keytool("-importcert", "-noprompt", "-keystore", store, "-alias", "ca", "-file", certificate.toString());
        sign(store, "server", by, "san=" + names, dates);
        try (InputStream in = Files.newInputStream(folder.resolve(store))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            if (alone) {
                Certificate[] chain = keys.getCertificateChain("server");
                keys.setKeyEntry(
                        "server",
                        keys.getKey("server", PASSWORD.toCharArray()),
                        PASSWORD.toCharArray(),
                        new Certificate[] {chain[0]});
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sign(String store, String alias, String by, String extension, String... dates) {
        keytool("-certreq", "-keystore", store, "-alias", alias, "-file", alias + ".csr");
        List<String> signing = new ArrayList<>(List.of("-gencert", "-rfc", "-keystore", by + ".p12", "-alias", by));
        signing.addAll(List.of("-infile", alias + ".csr", "-outfile", alias + ".pem", "-ext", extension));
        signing.addAll(List.of(dates));
        keytool(signing.toArray(String[]::new));
        if (!by.equals("ca")) {
            keytool("-importcert", "-noprompt", "-keystore", store, "-alias", by, "-file", by + ".pem");
        } else if (!store.startsWith("server")) {
            keytool("-importcert", "-noprompt", "-keystore", store, "-alias", "ca", "-file", certificate.toString());
        }
        keytool("-importcert", "-noprompt", "-keystore", store, "-alias", alias, "-file", alias + ".pem");
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        if (List.of(arguments).contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
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
