package io.faradaybridge.template;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The bean that flows render with:
 * {@code freemarker:summary.ftl?configuration=#freemarkerConfiguration&allowTemplateFromHeader=true}, the data in header
 * {@code CamelFreemarkerDataModel}. Without {@code allowTemplateFromHeader} camel-freemarker ignores that header; with it
 * a header {@code CamelFreemarkerTemplate} would replace the file, so a flow first removes {@code CamelFreemarker*}.
 * The file is looked up in {@code templates/} of the routes folder, then among the shipped ones; a change takes effect
 * within seconds. The endpoint's options {@code contentCache}, {@code encoding} and {@code templateUpdateDelay} have no
 * effect.
 */
@Configuration(proxyBeanMethods = false)
class FreemarkerSettings {

    /** Several times as much as Jira takes as a description. */
    private static final int CHARACTERS = 200_000;

    @Bean
    freemarker.template.Configuration freemarkerConfiguration(
            @Value("${bridge.routes.dir}") Path routes, TemplateSettings settings) throws IOException {
        return sandbox(routes, settings.renderingTime().multipliedBy(5), CHARACTERS);
    }

    static Sandbox sandbox(Path routes, Duration time, int characters) throws IOException {
        List<TemplateLoader> loaders = new ArrayList<>();
        Path mounted = routes.resolve("templates");
        if (Files.isDirectory(mounted)) {
            loaders.add(new FileTemplateLoader(mounted.toFile()));
        }
        loaders.add(new ClassTemplateLoader(FreemarkerSettings.class.getClassLoader(), "routes/templates"));
        return new Sandbox(new MultiTemplateLoader(loaders.toArray(TemplateLoader[]::new)), time, characters);
    }
}
