package io.faradaybridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
        return Files.exists(file(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the folder has flows. */
    boolean hasFlows() {
        return !ownFlows().isEmpty();
    }

    /** @throws NotUtf8 if it is no text, or one in another encoding */
    String text(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(file(name));
        CharBuffer text = CharBuffer.allocate(bytes.length);
        var read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
        String decoded = text.flip().toString();
        if (read.isError()) {
            throw new NotUtf8(decoded);
        }
        return decoded;
    }

    /** A file whose bytes are no text in UTF-8. */
    static final class NotUtf8 extends CharacterCodingException {

        private final transient String before;

        NotUtf8(String before) {
            this.before = before;
        }

        /** The text before the first wrong byte. */
        String before() {
            return before;
        }

        @Override
        public String getMessage() {
            return "it is not text in UTF-8";
        }
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
    List<RouteFile> beside() {
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

    private static Map<String, String> shippedBeside() {
        try {
            Map<String, String> names = new TreeMap<>();
            for (String pattern : SHIPPED_BESIDE) {
                String below = pattern.replaceFirst(".*:routes/", "").replaceFirst("[^/]*$", "");
                for (var file : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                    names.put(below + file.getFilename(), below + file.getFilename());
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped SQL and templates cannot be listed", e);
        }
    }

    private Map<String, String> ownFlows() {
        Map<String, String> names = new TreeMap<>();
        for (Path file : listed(dir)) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(".yml")) {
                throw new StartRefused(
                        "Route files end in .yaml or .xml, and " + file + " would be ignored", "Rename or remove it");
            }
            String other = add(name, names);
            if (other != null) {
                throw new StartRefused(
                        "The routes folder " + dir + " holds both " + other + " and " + name, "Keep one of them");
            }
        }
        return names;
    }

    private Map<String, String> ownBeside() {
        Map<String, String> names = new TreeMap<>();
        for (Path place : List.of(dir, dir.resolve("templates"))) {
            listed(place).stream()
                    .map(this::name)
                    .filter(name -> BESIDE_FLOWS.matcher(name).matches())
                    .forEach(name -> names.put(name, name));
        }
        return names;
    }

    /** Nothing if there is no such folder. What has the name of a route file and is no file is there, too, and cannot be read. */
    private static List<Path> listed(Path place) {
        if (Files.notExists(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(RoutesFolder::isMeant).sorted().toList();
        } catch (IOException e) {
            throw new StartRefused(
                    "The folder " + place + " cannot be read: " + RouteText.reason(e),
                    "Make it a folder that the user of this process may read, or remove it",
                    e);
        }
    }

    static boolean isFlow(String name) {
        return FLOW.matcher(name).matches();
    }

    static boolean isRouteFile(Path file) {
        return isMeant(file) && isFlow(String.valueOf(file.getFileName()));
    }

    /** Leaves out the files that an editor, a file system or a mounted ConfigMap ({@code ..data}) adds for itself. */
    private static boolean isMeant(Path file) {
        return !String.valueOf(file.getFileName()).startsWith(".");
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
