package io.faradaybridge.console;

import io.faradaybridge.tables.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The style, scripts and pictures of the pages. Their addresses change with their content, so that a browser may keep
 * them for ever and still never uses those of an older version.
 */
@Component
class PageFiles {

    static final String OWN = "classpath:/console/static/";
    static final String LIBRARIES = "classpath:/META-INF/resources/webjars/";

    /** By the names that templates use. The versions of the libraries are those of the pom; a test holds them. */
    private static final Map<String, String> PATHS = Map.of(
            "style", "console.css",
            "script", "console.js",
            "icons", "icons.svg",
            "favicon", "favicon.svg",
            "htmx", "htmx.org/2.0.8/dist/htmx.min.js",
            "sse", "htmx-ext-sse/2.2.2/sse.js");

    private final Map<String, String> versioned = new LinkedHashMap<>();

    PageFiles() {
        PATHS.forEach((name, path) -> versioned.put(name, path + "?v=" + hash(path)));
    }

    private static String hash(String path) {
        ClassPathResource own = new ClassPathResource("console/static/" + path);
        ClassPathResource file = own.exists() ? own : new ClassPathResource("META-INF/resources/webjars/" + path);
        try {
            return Sha256.hex(file.getContentAsString(StandardCharsets.ISO_8859_1), 6);
        } catch (IOException e) {
            throw new UncheckedIOException("The console's file " + path + " is not in the jar", e);
        }
    }

    /** @param below the address of the files, with a slash at its end */
    Map<String, String> addresses(String below) {
        Map<String, String> addresses = new LinkedHashMap<>();
        versioned.forEach((name, path) -> addresses.put(name, below + path));
        return addresses;
    }
}
