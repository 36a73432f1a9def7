package io.faradaybridge.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a form's call answered, for the page that is shown again with it.
 *
 * @param form the form's id, since a page may have several
 * @param typed what the person typed, by the names of the form's controls
 */
record FormOutcome(String form, Answer answer, Map<String, List<String>> typed) {

    static final String ATTRIBUTE = FormOutcome.class.getName();

    int status() {
        return answer.status();
    }

    /** For the template: {@code outcome.form}, {@code .typed}, and those of {@link Answer#shown}. */
    Map<String, Object> shown() {
        Map<String, Object> outcome = new LinkedHashMap<>(answer.shown());
        outcome.put("form", form);
        outcome.put("typed", typed);
        return Map.of("outcome", outcome);
    }
}
