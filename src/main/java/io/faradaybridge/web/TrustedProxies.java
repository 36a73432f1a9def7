package io.faradaybridge.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Accepts headers about a request's origin only from the configured proxies, and removes them from all other requests.
 * In a chain of addresses the client is the nearest one that is no configured proxy, because the client may have
 * written all addresses before it.
 */
final class TrustedProxies extends ValveBase {

    private static final String FOR = "X-Forwarded-For";
    private static final String STANDARD = "Forwarded";
    private static final Set<String> HEADERS = Set.of(
            FOR,
            STANDARD,
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Proto",
            "X-Forwarded-Ssl",
            "X-Forwarded-Prefix");

    private final List<IpAddressMatcher> proxies;

    /** @throws IllegalArgumentException if one is neither an address nor a network */
    TrustedProxies(List<String> addressesAndNetworks) {
        super(true);
        this.proxies = addressesAndNetworks.stream()
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(TrustedProxies::matcher)
                .toList();
    }

    private static IpAddressMatcher matcher(String one) {
        try {
            return new IpAddressMatcher(one);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "bridge.access.trusted-proxies holds '" + one
                            + "', which is neither an address nor a network such as 10.1.0.0/16",
                    e);
        }
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
        if (trusted(request.getRemoteAddr())) {
            keepNewest(headers, FOR, client(elements(request, FOR)));
            List<String> standard = elements(request, STANDARD);
            keepNewest(headers, STANDARD, standard.isEmpty() ? "" : standard.get(standard.size() - 1));
        } else {
            HEADERS.forEach(headers::removeHeader);
        }
        getNext().invoke(request, response);
    }

    private static void keepNewest(MimeHeaders headers, String name, String value) {
        headers.removeHeader(name);
        if (!value.isEmpty()) {
            headers.setValue(name).setString(value);
        }
    }

    private static List<String> elements(Request request, String header) {
        List<String> elements = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders(header))) {
            for (String element : line.split(",", -1)) {
                if (!element.isBlank()) {
                    elements.add(element.strip());
                }
            }
        }
        return elements;
    }

    private String client(List<String> chain) {
        for (int n = chain.size() - 1; n >= 0; n--) {
            if (n == 0 || !trusted(chain.get(n))) {
                return chain.get(n);
            }
        }
        return "";
    }

    private boolean trusted(String address) {
        return proxies.stream().anyMatch(proxy -> matches(proxy, address));
    }

    private static boolean matches(IpAddressMatcher proxy, String address) {
        try {
            return proxy.matches(address);
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
