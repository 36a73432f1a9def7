package io.faradaybridge.faraday;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Faraday's pages of vulnerabilities, for links in issues. */
@Component
public class FaradayPages {

    /** The site, its path, and the part after # by which a page that is loaded once shows others. */
    private static final Pattern ADDRESS = Pattern.compile("(https?://[^/?#\\s]+)([^?#\\s]*)[^#\\s]*(#\\S*)?");

    private final String address;

    /** @param address of a page, in which {id} and {workspace} are replaced; empty for no links */
    public FaradayPages(@Value("${bridge.faraday.url}") String address) {
        this.address = address;
    }

    /** The address of the vulnerability's page; empty if no address is configured. */
    public String of(String id, String workspace) {
        return address.replace("{id}", id)
                .replace(
                        "{workspace}",
                        URLEncoder.encode(workspace, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    /** Whether other programs can link to the pages: the address is absolute. */
    public boolean linkable() {
        return ADDRESS.matcher(address).matches();
    }

    /** The address of Faraday's own icon; empty if the pages are not {@link #linkable}. */
    public String icon() {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return "";
        }
        String path = parts.group(2);
        boolean beside = parts.group(3) != null && path.contains("/") && !path.contains("{");
        return parts.group(1) + (beside ? path.substring(0, path.lastIndexOf('/') + 1) : "/") + "favicon.ico";
    }
}
