package io.faradaybridge.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateFilesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path routes;

    @BeforeEach
    void have_a_folder() throws IOException {
        Files.createDirectory(routes.resolve("templates"));
    }

    @Test
    void what_is_shipped_is_right() throws IOException {
        assertThat(files(Path.of("nowhere")).problems()).isEmpty();
    }

    @Test
    void a_broken_file_is_reported_with_its_line() throws IOException {
        Files.writeString(routes.resolve("templates/description.ftl"), "one\ntwo\n<#if vuln.name>${vuln.name}");
        Files.writeString(routes.resolve("templates/mine.ftl"), "${\"'x'?interpret\"?eval}");
        Files.writeString(routes.resolve("templates/.description.ftl.swp"), "${");
        Files.writeString(routes.resolve("templates/.hidden.ftl"), "${");

        assertThat(files(routes).problems())
                .containsOnlyKeys("description.ftl", "mine.ftl")
                .satisfies(problems -> {
                    assertThat(problems.get("description.ftl")).matches("line \\d+: .*#if.*");
                    assertThat(problems.get("mine.ftl")).contains("?interpret or ?eval");
                });
    }

    private static TemplateFiles files(Path routes) throws IOException {
        return new TemplateFiles(routes, FreemarkerSettings.sandbox(routes, Duration.ofSeconds(5), 10_000));
    }
}
