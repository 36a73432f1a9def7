package io.faradaybridge.template;

import freemarker.core.ParseException;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The FreeMarker files of the operator and the shipped ones. A broken file is logged at start, and each export that
 * needs it fails with the reason. It does not stop the start, since a project with its own templates does not need it.
 */
@Component
public class TemplateFiles implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(TemplateFiles.class);
    private static final Set<String> SHIPPED = Set.of("summary.ftl", "description.ftl");
    private static final int LONGEST_REASON = 500;

    private final Path folder;
    private final Configuration freemarker;

    TemplateFiles(@Value("${bridge.routes.dir}") Path routes, Configuration freemarkerConfiguration) {
        this.folder = routes.resolve("templates");
        this.freemarker = freemarkerConfiguration;
    }

    @Override
    public void afterSingletonsInstantiated() {
        problems()
                .forEach((file, problem) -> log.error(
                        "Template file {} cannot be used: {}. Issues that need it are refused until it is corrected,"
                                + " or removed from {} to use the shipped file",
                        file,
                        problem,
                        folder.toAbsolutePath()));
    }

    /** The files that cannot be read or parsed, each with the reason. */
    Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        for (String file : files()) {
            try {
                freemarker.getTemplate(file);
            } catch (IOException | RuntimeException e) {
                problems.put(file, reason(e));
            }
        }
        return problems;
    }

    private Set<String> files() {
        Set<String> files = new TreeSet<>(SHIPPED);
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (Stream<Path> own = Files.list(folder)) {
            own.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".ftl") && !name.startsWith("."))
                    .forEach(files::add);
        } catch (IOException e) {
            log.error("The template files in {} cannot be listed", folder.toAbsolutePath(), e);
        }
        return files;
    }

    /** Why a file could not be rendered, with the line if it is known. */
    public static String reason(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof ParseException || cause instanceof TemplateException)
                && cause.getCause() != null
                && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        if (cause instanceof ParseException parsing) {
            return at(parsing.getLineNumber(), parsing.getEditorMessage());
        }
        if (cause instanceof TemplateException rendering) {
            return at(rendering.getLineNumber(), rendering.getMessageWithoutStackTop());
        }
        return at(null, cause.getMessage());
    }

    private static String at(@Nullable Integer line, @Nullable String message) {
        String reason = String.valueOf(message).strip().replaceAll("\\s+", " ");
        String brief = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
        return line == null || line <= 0 ? brief : "line " + line + ": " + brief;
    }
}
