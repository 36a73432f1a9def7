package io.faradaybridge.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that people read, for tests that hold them to the code. */
public record Markdown(Path file, List<String> lines) {

    private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.+)");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CELLS = Pattern.compile("(?<!\\\\)\\|");

    public static Markdown of(String file) {
        try {
            Path path = Path.of(file);
            return new Markdown(path, Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pages of the repository. */
    public static List<Markdown> all() {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of("README.md", "routes/README.md"), docs.map(Path::toString))
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .map(Markdown::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text under each heading of this level, up to the next heading of this or a higher level. */
    public Map<String, String> sections(int level) {
        Map<String, String> sections = new LinkedHashMap<>();
        String current = null;
        for (String line : outsideBlocks()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches() && heading.group(1).length() <= level) {
                current = heading.group(1).length() == level ? heading.group(2).strip() : null;
                if (current != null) {
                    sections.put(current, "");
                }
            } else if (current != null) {
                sections.merge(current, line + "\n", String::concat);
            }
        }
        return sections;
    }

    /** What a link to a heading ends with, as GitHub makes it. */
    public List<String> anchors() {
        return outsideBlocks().stream()
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(heading -> heading.group(2)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Targets of links, without those to the web. */
    public List<String> links() {
        return outsideBlocks().stream()
                .flatMap(line -> LINK.matcher(line).results())
                .map(link -> link.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .toList();
    }

    /** The cells of every row of a table, also of its head. */
    public List<List<String>> rows() {
        return outsideBlocks().stream()
                .filter(line -> line.startsWith("|") && !line.matches("[|: -]+"))
                .map(line -> CELLS.splitAsStream(line.substring(1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** The blocks of this language, such as {@code jinja}. */
    public List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : lines) {
            if (block == null && line.equals("```" + language)) {
                block = new StringBuilder();
            } else if (block != null && line.equals("```")) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }

    private List<String> outsideBlocks() {
        List<String> outside = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith("```")) {
                inside = !inside;
            } else if (!inside) {
                outside.add(line);
            }
        }
        return outside;
    }
}
