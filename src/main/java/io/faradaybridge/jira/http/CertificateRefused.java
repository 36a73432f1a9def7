package io.faradaybridge.jira.http;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * The certificate of Jira, or of a proxy on the way, is not accepted. The message says which certificate it is, who
 * signed it, and what to do.
 */
final class CertificateRefused extends CertificateException {

    private static final int MOST_NAMES = 10;
    private static final int LONGEST = 200;
    private static final int DNS = 2;
    private static final int IP_ADDRESS = 7;

    private CertificateRefused(String message, Exception cause) {
        super(message, cause);
    }

    /** @param chain as the server sent it, its own certificate first */
    static CertificateRefused unbelieved(X509Certificate[] chain, CertificateException why) {
        X509Certificate own = chain[0];
        Instant now = Instant.now();
        String shown = "its certificate is not trusted: " + described(own);
        for (X509Certificate each : chain) {
            Instant begins = each.getNotBefore().toInstant();
            Instant ends = each.getNotAfter().toInstant();
            if (now.isAfter(ends) || now.isBefore(begins)) {
                return new CertificateRefused(
                        shown + ". The certificate of " + name(each.getSubjectX500Principal())
                                + (now.isAfter(ends) ? " ended at " + ends : " begins only at " + begins)
                                + "; renew it there, if this machine's clock is right",
                        why);
            }
        }
        X509Certificate last = chain[chain.length - 1];
        X500Principal missing = last.getIssuerX500Principal();
        if (missing.equals(last.getSubjectX500Principal())) {
            return new CertificateRefused(
                    shown + ". "
                            + (chain.length == 1 ? "It signed itself" : "Its chain ends at " + name(missing))
                            + ", which the bridge does not know: if that is your own authority or that of a proxy on"
                            + " the way, put its certificate, in PEM, into bridge.jira.ca-file" + furtherReason(why),
                    why);
        }
        return new CertificateRefused(
                shown + ". The server does not send the certificate of " + name(missing)
                        + ", and the bridge does not know it: let the server send its whole chain, or put that"
                        + " certificate, or the one of your own authority or of a proxy on the way, in PEM, into"
                        + " bridge.jira.ca-file"
                        + furtherReason(why),
                why);
    }

    static String ofAnotherName(String host, X509Certificate own) {
        return "its certificate is not for " + host + ": " + described(own)
                + ". Use one of its names in Jira's address, or give Jira or the proxy in front of it a certificate"
                + " for "
                + host + "; bridge.jira.ca-file does not help here";
    }

    private static String described(X509Certificate certificate) {
        return "it is for " + name(certificate.getSubjectX500Principal()) + " (names: " + names(certificate)
                + "), issued by " + name(certificate.getIssuerX500Principal());
    }

    /** A further reason besides an unknown authority, such as a weak algorithm. */
    private static String furtherReason(CertificateException why) {
        Throwable cause = why;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        return message.toLowerCase(Locale.ROOT).contains("constraint") ? " (" + plain(message) + ")" : "";
    }

    private static String names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (alternative.get(0) instanceof Integer kind && (kind == DNS || kind == IP_ADDRESS)) {
                    names.add(plain(String.valueOf(alternative.get(1))));
                }
            }
        } catch (CertificateException unreadable) {
            return "not readable";
        }
        return names.isEmpty()
                ? "none"
                : Stream.concat(
                                names.stream().limit(MOST_NAMES),
                                names.size() > MOST_NAMES ? Stream.of("...") : Stream.of())
                        .collect(Collectors.joining(", "));
    }

    private static String name(X500Principal principal) {
        return plain(principal.getName());
    }

    /** Cleans the text, because the server at that address chooses it. */
    private static String plain(String text) {
        String printable = text.replaceAll("\\p{C}", "?");
        return printable.length() > LONGEST ? printable.substring(0, LONGEST) + "..." : printable;
    }
}
