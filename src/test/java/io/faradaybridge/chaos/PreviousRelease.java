package io.faradaybridge.chaos;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The jar of the release before this one: {@code -Dprevious.jar}, or built from the history of the repository. */
final class PreviousRelease {

    /** The two lines of the pom that hold the project's own version. */
    private static final String VERSION = "<artifactId>faraday-jira-bridge</artifactId>\\s*<version>([^<]+)</version>";

    private PreviousRelease() {}

    /** A test is skipped, with the reason, where there is no history or it cannot be built. */
    static Path jar() throws InterruptedException {
        String given = System.getProperty("previous.jar");
        if (given != null) {
            return Path.of(given);
        }
        try {
            return built();
        } catch (IOException | IllegalStateException cannot) {
            return abort("the release before cannot be built here, give -Dprevious.jar=..: " + cannot.getMessage());
        }
    }

    private static Path built() throws IOException, InterruptedException {
        Optional<String> commit = lastCommitOfAnotherVersion();
        assumeTrue(commit.isPresent(), "the history of the repository is not here: give -Dprevious.jar=..");
        Path folder = Path.of("target", "previous-" + commit.get().substring(0, 12));
        Path jar = folder.resolve(BridgeProcess.JAR);
        if (!Files.exists(jar)) {
            Files.createDirectories(folder);
            Path sources = folder.resolve("sources.tar");
            SourceBuild.run(Path.of("."), "git", "archive", "-o", sources.toString(), commit.get());
            SourceBuild.run(folder, "tar", "-xf", "sources.tar");
            SourceBuild.jar(folder, Map.of());
        }
        return jar;
    }

    private static Optional<String> lastCommitOfAnotherVersion() throws IOException, InterruptedException {
        String present = version(Files.readString(Path.of("pom.xml")));
        for (String commit : SourceBuild.run(Path.of("."), "git", "log", "--format=%H", "--", "pom.xml")
                .lines()
                .toList()) {
            if (!version(SourceBuild.run(Path.of("."), "git", "show", commit + ":pom.xml"))
                    .equals(present)) {
                return Optional.of(commit);
            }
        }
        return Optional.empty();
    }

    private static String version(String pom) {
        return pom.replaceFirst("(?s)^.*?" + VERSION + ".*$", "$1");
    }
}
