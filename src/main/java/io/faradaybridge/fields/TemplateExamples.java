package io.faradaybridge.fields;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What templates see of vulnerabilities of which only the severity and the dates are known. */
@FunctionalInterface
public interface TemplateExamples {

    /** The data by severity, with every name at the top level; empty if the names cannot be read now. */
    Map<String, Map<String, @Nullable Object>> bySeverity();
}
