package io.faradaybridge.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The program {@code validate.mjs} for Node, with the packages of the npm registry that its {@code package.json} names. Without
 * npm its test is skipped.
 */
public final class NodeProgram {

    private final Path folder;

    private NodeProgram(Path folder) {
        this.folder = folder;
    }

    /** @param name its folder in the resources of the tests */
    public static NodeProgram install(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "node", name));
        for (String file : List.of("package.json", "validate.mjs")) {
            Files.writeString(
                    folder.resolve(file),
                    Files.readString(Path.of("src/test/resources", name).resolve(file)));
        }
        InstalledProgram.run("npm", "install", "--prefix", folder.toString(), "--no-audit", "--no-fund", "--silent");
        return new NodeProgram(folder);
    }

    /** What it prints when it reads this as JSON. */
    public String print(Object read) throws IOException {
        Path file = Files.createTempFile(folder, "read", ".json");
        Files.writeString(file, new ObjectMapper().writeValueAsString(read));
        return InstalledProgram.run("sh", "-c", "node " + folder.resolve("validate.mjs") + " < " + file);
    }
}
