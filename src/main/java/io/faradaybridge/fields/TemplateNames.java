package io.faradaybridge.fields;

import java.util.Set;

/** The names of a vulnerability's data in templates. */
@FunctionalInterface
public interface TemplateNames {

    /** Every name at the top level; empty if they cannot be read now. */
    Set<String> known();
}
