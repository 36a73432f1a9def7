package io.faradaybridge.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.utility.DeepUnwrap;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.springframework.stereotype.Component;

/**
 * The templates of the pages, in {@code resources/console}. Every value is escaped for HTML; a template cannot reach
 * classes or methods, only the maps, lists and texts of its model.
 */
@Component
class PageTemplates {

    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private final Configuration freemarker = new Configuration(Configuration.VERSION_2_3_32);

    PageTemplates() {
        freemarker.setClassLoaderForTemplateLoading(PageTemplates.class.getClassLoader(), "console");
        freemarker.setOutputFormat(HTMLOutputFormat.INSTANCE);
        freemarker.setDefaultEncoding("UTF-8");
        freemarker.setURLEscapingCharset("UTF-8");
        freemarker.setLocale(Locale.ENGLISH);
        freemarker.setTimeZone(TimeZone.getTimeZone("UTC"));
        freemarker.setNumberFormat("computer");
        freemarker.setBooleanFormat("c");
        freemarker.setURLEscapingCharset("UTF-8");
        freemarker.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        freemarker.setLogTemplateExceptions(false);
        freemarker.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        freemarker.setWhitespaceStripping(true);
        freemarker.setFallbackOnNullLoopVariable(false);
        freemarker.addAutoImport("ui", "ui.ftlh");
        freemarker.setSharedVariable("json", (TemplateMethodModelEx) PageTemplates::json);
    }

    /** {@code json(value)}: the value as indented JSON, to be read by people. */
    private static Object json(List<?> values) throws TemplateModelException {
        Object value = DeepUnwrap.permissiveUnwrap((TemplateModel) values.get(0));
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new TemplateModelException("No JSON: " + value, e);
        }
    }

    String rendered(String name, Map<String, Object> model) {
        StringWriter html = new StringWriter();
        try {
            freemarker.getTemplate(name + ".ftlh").process(model, html);
        } catch (IOException | TemplateException e) {
            throw new IllegalStateException("The page " + name + " cannot be shown: " + e.getMessage(), e);
        }
        return html.toString();
    }
}
