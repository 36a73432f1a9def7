package io.faradaybridge.template;

import freemarker.cache.TemplateLoader;
import freemarker.core.Environment;
import freemarker.core.TemplateClassResolver;
import freemarker.core._CoreAPI;
import freemarker.template.AttemptExceptionReporter;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * FreeMarker for files that operators write and for data that scanners found. A template sees maps, lists, texts,
 * numbers and the functions {@code wiki(text)}, {@code noformat(text)} and {@code link(text)}, each with an optional
 * limit as second argument. It cannot use classes, files or other templates, and its time and output are limited.
 *
 * <p>The limits apply only if this configuration loads the template, as for {@code freemarker:summary.ftl}. With a
 * scheme, {@code freemarker:file:summary.ftl}, camel-freemarker parses the file itself, again for every exchange and in
 * the JVM's default charset; the sandbox still works, but time and output are unlimited. Memory is never limited: a
 * template that doubles a text forty times crashes the JVM. Only operators may write these files.
 */
final class Sandbox extends Configuration {

    private static final String BOUNDED = BoundedTemplate.class.getName();

    /** Code that is made from text at run time. The canonical form has no blank or comment after the question mark. */
    private static final Pattern CODE_FROM_TEXT = Pattern.compile("\\?(interpret|eval)\\b(?!_)");

    private final Duration time;
    private final int characters;

    Sandbox(TemplateLoader templates, Duration time, int characters) {
        super(VERSION_2_3_34);
        this.time = time;
        this.characters = characters;
        setTemplateLoader(templates);
        setLocalizedLookup(false);
        setDefaultEncoding(StandardCharsets.UTF_8.name());
        setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        setAPIBuiltinEnabled(false);
        setObjectWrapper(new SimpleObjectWrapper(VERSION_2_3_34));
        setRecognizeStandardFileExtensions(false);
        setAutoEscapingPolicy(DISABLE_AUTO_ESCAPING_POLICY);
        setLocale(Locale.ROOT);
        setTimeZone(TimeZone.getTimeZone("UTC"));
        setNumberFormat("computer");
        setBooleanFormat("c");
        // a failure is logged once, by the error handling of the route
        setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        setLogTemplateExceptions(false);
        setAttemptExceptionReporter(AttemptExceptionReporter.LOG_WARN_REPORTER);
        setWrapUncheckedExceptions(true);
        setSharedVariable("wiki", new TextFunction("wiki", WikiText::escape));
        setSharedVariable("link", new TextFunction("link", WikiText::link));
        setSharedVariable("noformat", new TextFunction("noformat", WikiText::block));
    }

    @Override
    public @Nullable Template getTemplate(
            String name,
            @Nullable Locale locale,
            @Nullable Object condition,
            @Nullable String encoding,
            boolean parse,
            boolean ignoreMissing)
            throws IOException {
        if (Environment.getCurrentEnvironment() != null) {
            throw new IOException("template '" + name + "' cannot be included: a template stands alone here");
        }
        Template template = super.getTemplate(name, locale, condition, encoding, parse, ignoreMissing);
        return template == null ? null : bounded(template);
    }

    /** FreeMarker's cache keeps the parsed template, and that keeps its bounded form. */
    private synchronized Template bounded(Template template) throws IOException {
        if (template.getCustomAttribute(BOUNDED) instanceof BoundedTemplate bounded) {
            return bounded;
        }
        if (CODE_FROM_TEXT.matcher(template.toString()).find()) {
            throw new IOException("template " + template.getName()
                    + " uses ?interpret or ?eval, which make code from text; write the code into the template");
        }
        _CoreAPI.addThreadInterruptedChecks(template);
        BoundedTemplate bounded = new BoundedTemplate(template, time, characters);
        template.setCustomAttribute(BOUNDED, bounded);
        return bounded;
    }
}
