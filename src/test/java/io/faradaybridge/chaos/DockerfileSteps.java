package io.faradaybridge.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the steps of a Dockerfile without Docker: a folder for each stage, and commands where the image would run them. */
final class DockerfileSteps {

    private final Path folder;
    private final Path java;
    private final Map<String, Path> stages = new HashMap<>();
    private Path stage;
    private Path work;
    private List<String> entrypoint = List.of();
    private List<String> healthcheck = List.of();

    /** @param java the Java that the image would have */
    DockerfileSteps(Path folder, Path java) {
        this.folder = folder;
        this.java = java;
        this.stage = folder;
        this.work = folder;
    }

    DockerfileSteps run(Path dockerfile) throws IOException, InterruptedException {
        for (String[] parts : steps(dockerfile)) {
            switch (parts[0]) {
                case "FROM" -> begin(parts[1].replaceFirst(".*(?i) AS ", ""));
                case "WORKDIR" -> work = Files.createDirectories(inside(stage, parts[1]));
                case "COPY" -> copy(parts[1].split("\\s+"));
                case "RUN" -> shell(parts[1]);
                case "ENTRYPOINT" -> entrypoint = list(parts[1]);
                case "HEALTHCHECK" -> healthcheck = list(parts[1].replaceFirst(".*CMD ", ""));
                case "ARG", "LABEL", "VOLUME", "EXPOSE", "USER" -> {}
                default -> throw new IllegalArgumentException("What does " + parts[0] + " do?");
            }
        }
        return this;
    }

    private static List<String[]> steps(Path dockerfile) throws IOException {
        String steps = Files.readString(dockerfile).replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "");
        return steps.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split("\\s+", 2))
                .toList();
    }

    /** What the last step of a kind says, such as {@code EXPOSE}. */
    static String last(Path dockerfile, String kind) throws IOException {
        return steps(dockerfile).stream()
                .filter(parts -> parts[0].equals(kind))
                .reduce((former, later) -> later)
                .orElseThrow()[1];
    }

    private void begin(String name) throws IOException {
        stage = Files.createDirectories(folder.resolve("stage-" + stages.size()));
        stages.put(name, stage);
    }

    private static Path inside(Path stage, String path) {
        return stage.resolve(path.replaceFirst("^/", ""));
    }

    private void copy(String[] words) throws IOException, InterruptedException {
        boolean fromStage = words[0].startsWith("--from=");
        Path source = fromStage
                ? inside(stages.get(words[0].substring("--from=".length())), words[1])
                : Path.of(words[0]).toAbsolutePath();
        Path target = work.resolve(words[words.length - 1]);
        // as Docker does: the content of a folder
        shell("cp -a " + source + (Files.isDirectory(source) ? "/. " : " ") + target);
    }

    private void shell(String command) throws IOException, InterruptedException {
        Process run = process(List.of("bash", "-c", command)).inheritIO().start();
        if (run.waitFor() != 0) {
            throw new IllegalStateException(command + " ended with " + run.exitValue());
        }
    }

    static List<String> list(String json) throws IOException {
        return Stream.of(new ObjectMapper().readValue(json, String[].class)).toList();
    }

    /** A command where the last stage stands, with the Java of the image. */
    ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(
                        command.get(0).equals("java")
                                ? Stream.concat(
                                                Stream.of(
                                                        java.resolve("bin/java").toString()),
                                                command.stream().skip(1))
                                        .toList()
                                : command)
                .directory(work.toFile());
        builder.environment().merge("PATH", java.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        return builder;
    }

    List<String> entrypoint() {
        return entrypoint;
    }

    List<String> healthcheck() {
        return healthcheck;
    }
}
