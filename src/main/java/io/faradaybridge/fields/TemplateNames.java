package io.faradaybridge.fields;

import java.util.Set;

/** What templates see of a vulnerability. */
@FunctionalInterface
public interface TemplateNames {

    /** Every name at the top level; empty: they cannot be known now. */
    Set<String> known();
}
