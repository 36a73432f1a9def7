package io.faradaybridge.jira.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HttpClientHostnameVerifier;

/** Java's own check of certificates and their names, with better messages. */
final class CertificateCheck extends X509ExtendedTrustManager {

    /** Checks that a certificate is for the host. */
    static final HttpClientHostnameVerifier NAMES = new HttpClientHostnameVerifier() {

        private final DefaultHostnameVerifier rule = new DefaultHostnameVerifier();

        @Override
        public void verify(String host, X509Certificate certificate) throws SSLException {
            try {
                rule.verify(host, certificate);
            } catch (SSLException another) {
                SSLException refused =
                        new SSLPeerUnverifiedException(CertificateRefused.ofAnotherName(host, certificate));
                refused.initCause(another);
                throw refused;
            }
        }

        @Override
        public boolean verify(String host, SSLSession session) {
            return rule.verify(host, session);
        }
    };

    private final X509ExtendedTrustManager javas;

    CertificateCheck(X509ExtendedTrustManager javas) {
        this.javas = javas;
    }

    private interface Check {
        void pass() throws CertificateException;
    }

    private static void explained(X509Certificate[] chain, Check check) throws CertificateRefused {
        try {
            check.pass();
        } catch (CertificateException why) {
            throw CertificateRefused.unbelieved(chain, why);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        explained(chain, () -> javas.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        explained(chain, () -> javas.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        explained(chain, () -> javas.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        javas.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        javas.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        javas.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return javas.getAcceptedIssuers();
    }
}
