package io.faradaybridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The operator's folder and the shipped files: which file of the one replaces which of the others. */
final class RoutesFolder {

    private static final Pattern FLOW = Pattern.compile("(.+)\\.(yaml|xml)");
    private static final Pattern BESIDE_FLOWS = Pattern.compile(".+\\.(sql|ftl)");
    /** SQL and templates that are shipped. */
    private static final List<String> SHIPPED_BESIDE =
            List.of("classpath*:routes/*.sql", "classpath*:routes/templates/*.ftl");

    private final Path dir;

    RoutesFolder(String dir) {
        this.dir = Path.of(dir).toAbsolutePath().normalize();
    }

    /** @param shippedName the shipped file that it is or replaces; null if it was added */
    record RouteFile(String name, boolean own, @Nullable String shippedName) {}

    /** @throws IllegalArgumentException if the file lies outside the folder */
    Path file(String name) {
        Path own = dir.resolve(name).normalize();
        if (!own.startsWith(dir)) {
            throw new IllegalArgumentException("'" + name + "' lies outside the routes folder " + dir
                    + ": name a file in it, such as export-vulnerability.sql");
        }
        return own;
    }

    /** Whether the folder has such a file. */
    boolean own(String name) {
        return Files.isRegularFile(file(name));
    }

    /** The name of a file in the folder. */
    String name(Path file) {
        return dir.relativize(file).toString();
    }

    /** The text of a shipped file. */
    static String shipped(String name) throws IOException {
        try (InputStream file = new ClassPathResource("routes/" + name).getInputStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The flows to run. Added files come last, so that an error about a duplicate id names the added file. */
    List<RouteFile> flows() {
        return merged(shippedFlows(), ownFlows());
    }

    /** The SQL and templates that flows read. */
    List<RouteFile> beside() throws IOException {
        return merged(shippedBeside(), ownBeside());
    }

    private static List<RouteFile> merged(Map<String, String> shipped, Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>(shipped);
        all.putAll(own);
        List<RouteFile> files = new ArrayList<>();
        all.forEach((key, name) -> files.add(new RouteFile(name, own.containsKey(key), shipped.get(key))));
        return files;
    }

    /** The file names, by name without extension. */
    private static Map<String, String> shippedFlows() {
        try {
            Map<String, String> names = new TreeMap<>();
            for (var file : new PathMatchingResourcePatternResolver().getResources("classpath*:routes/*.yaml")) {
                add(String.valueOf(file.getFilename()), names);
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped route files cannot be listed", e);
        }
    }

    private static Map<String, String> shippedBeside() throws IOException {
        Map<String, String> names = new TreeMap<>();
        for (String pattern : SHIPPED_BESIDE) {
            String below = pattern.replaceFirst(".*:routes/", "").replaceFirst("[^/]*$", "");
            for (var file : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                names.put(below + file.getFilename(), below + file.getFilename());
            }
        }
        return names;
    }

    private Map<String, String> ownFlows() {
        Map<String, String> names = new TreeMap<>();
        if (!Files.isDirectory(dir)) {
            return names;
        }
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.filter(RoutesFolder::isMeant).sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".yml")) {
                    throw new StartRefused(
                            "Route files end in .yaml or .xml, and " + file + " would be ignored",
                            "Rename or remove it");
                }
                String other = add(name, names);
                if (other != null) {
                    throw new StartRefused(
                            "The routes folder " + dir + " holds both " + other + " and " + name, "Keep one of them");
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("The route files in " + dir + " cannot be listed", e);
        }
    }

    private Map<String, String> ownBeside() throws IOException {
        Map<String, String> names = new TreeMap<>();
        for (Path place : List.of(dir, dir.resolve("templates"))) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.list(place)) {
                    files.filter(RoutesFolder::isMeant)
                            .map(this::name)
                            .filter(name -> BESIDE_FLOWS.matcher(name).matches())
                            .forEach(name -> names.put(name, name));
                }
            }
        }
        return names;
    }

    static boolean isFlow(String name) {
        return FLOW.matcher(name).matches();
    }

    static boolean isRouteFile(Path file) {
        return isMeant(file) && isFlow(String.valueOf(file.getFileName()));
    }

    /** Leaves out the files that an editor, a file system or a mounted ConfigMap ({@code ..data}) adds for itself. */
    private static boolean isMeant(Path file) {
        return Files.isRegularFile(file) && !String.valueOf(file.getFileName()).startsWith(".");
    }

    private static @Nullable String add(String name, Map<String, String> names) {
        Matcher file = FLOW.matcher(name);
        return file.matches() ? names.put(file.group(1), name) : null;
    }

    @Override
    public String toString() {
        return dir.toString();
    }
}
