package io.faradaybridge.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image as Jib writes it into a file, unpacked below a folder.
 *
 * @param root the folder that stands for {@code /}
 * @param config the image's own description
 * @param modes the permissions of each file and folder of the layers, as Unix counts them, by path
 */
record JibImage(Path root, JsonNode config, Map<String, Integer> modes) {

    static JibImage unpack(Path tar, Path folder) throws IOException {
        Path parts = Files.createDirectories(folder.resolve("parts"));
        try (InputStream file = Files.newInputStream(tar)) {
            extract(file, parts);
        }
        ObjectMapper json = new ObjectMapper();
        JsonNode manifest =
                json.readTree(parts.resolve("manifest.json").toFile()).path(0);
        Path root = Files.createDirectories(folder.resolve("root"));
        Map<String, Integer> modes = new TreeMap<>();
        for (JsonNode layer : manifest.path("Layers")) {
            try (InputStream file = new GZIPInputStream(Files.newInputStream(parts.resolve(layer.asText())))) {
                modes.putAll(extract(file, root));
            }
        }
        JsonNode config =
                json.readTree(parts.resolve(manifest.path("Config").asText()).toFile());
        return new JibImage(root, config, modes);
    }

    private static Map<String, Integer> extract(InputStream tar, Path folder) throws IOException {
        Map<String, Integer> modes = new TreeMap<>();
        TarArchiveInputStream entries = new TarArchiveInputStream(tar);
        for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            Path target = folder.resolve(entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else {
                Files.createDirectories(target.getParent());
                Files.copy(entries, target, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setPosixFilePermissions(target, permissions(entry.getMode()));
            modes.put(entry.getName(), entry.getMode());
        }
        return modes;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] all = PosixFilePermission.values(); // in the order of Unix, from the highest bit
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & (1 << (all.length - 1 - bit))) != 0) {
                set.add(all[bit]);
            }
        }
        return set;
    }

    /** The files of the layers below a folder of the image. */
    List<String> files(String folder) {
        return modes.keySet().stream()
                .filter(path -> path.startsWith(folder) && !path.endsWith("/"))
                .map(path -> path.substring(folder.length()))
                .toList();
    }

    List<String> words(String of) {
        List<String> words = new ArrayList<>();
        config.at("/config/" + of).forEach(word -> words.add(word.asText()));
        return words;
    }

    /**
     * What a container would run, with the paths of the image below the folder. As the user of the image, if the tests may
     * choose the user.
     */
    ProcessBuilder process(Path java) throws IOException {
        List<String> command = new ArrayList<>();
        String user = config.at("/config/User").asText();
        if (System.getProperty("user.name").equals("root")) {
            String[] ids = user.split(":");
            command.addAll(List.of("setpriv", "--reuid=" + ids[0], "--regid=" + ids[1], "--clear-groups"));
        }
        for (String word : words("Entrypoint")) {
            if (word.equals("java")) {
                command.add(java.resolve("bin/java").toString());
            } else if (word.startsWith("@/")) {
                Path arguments = root.resolveSibling("arguments-" + command.size());
                command.add(
                        "@" + Files.writeString(arguments, below(Files.readString(root.resolve(word.substring(2))))));
            } else {
                command.add(below(word));
            }
        }
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(root.resolve(config.at("/config/WorkingDir").asText().substring(1))
                        .toFile());
        words("Env").forEach(variable -> {
            String[] parts = variable.split("=", 2);
            process.environment().put(parts[0], parts[1]);
        });
        return process;
    }

    private String below(String paths) {
        return paths.replaceAll("(^|:)/", "$1" + root + "/");
    }
}
