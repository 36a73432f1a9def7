package io.faradaybridge.setup;

import io.faradaybridge.configuration.ExportRule;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.faraday.FaradaySeverity;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A project's export rule as a whole: what is left out does not restrict.
 *
 * @param issueType may be left out if the project has only one
 * @param workspaces names
 * @param confirm the number that the preview gave, to enable the rule
 */
record ExportRuleRequest(
        boolean enabled,
        @Nullable String issueType,
        @Nullable List<String> severities,
        @Nullable List<String> workspaces,
        @Nullable List<String> tags,
        @Nullable List<String> ignoreTags,
        @Nullable Instant onlyCreatedAfter,

        @Schema(description = LIMIT) @Nullable Integer limitPerHour,

        @Nullable Long confirm,
        @Nullable String version) {

    private static final String LIMIT = "a whole number, 1 to " + ExportRule.HIGHEST_LIMIT;
    private static final int MOST = 1_000;

    /**
     * @param enterable the workspaces that the caller may enter
     * @throws InvalidRequest with each field that is wrong
     */
    ExportRule rule(ProjectSettings project, Set<String> enterable) {
        Map<String, List<String>> wrong = new LinkedHashMap<>();
        List<String> severe = checked(
                "severities", severities, FaradaySeverity.ALL::contains, "; known are " + FaradaySeverity.ALL, wrong);
        List<String> within = checked(
                "workspaces", workspaces, enterable::contains, ", which is no workspace that you may enter", wrong);
        List<String> tagged = checked("tags", tags, name -> !name.isEmpty(), ", which is no tag", wrong);
        List<String> ignored = checked("ignore_tags", ignoreTags, name -> !name.isEmpty(), ", which is no tag", wrong);
        int limit = limitPerHour == null ? ExportRule.USUAL_LIMIT : limitPerHour;
        if (limit < 1 || limit > ExportRule.HIGHEST_LIMIT) {
            wrong.put("limit_per_hour", List.of("must be " + LIMIT));
        }
        String type = null;
        try {
            type = enabled || issueType != null
                    ? TicketConfig.chosen(project.issueTypes(), issueType).issueType()
                    : null;
        } catch (InvalidRequest refused) {
            wrong.putAll(refused.fields());
        }
        if (!wrong.isEmpty()) {
            throw new InvalidRequest(wrong);
        }
        return new ExportRule(
                enabled, issueType == null ? null : type, severe, within, tagged, ignored, onlyCreatedAfter, limit);
    }

    private static List<String> checked(
            String field,
            @Nullable List<String> given,
            Predicate<String> known,
            String expected,
            Map<String, List<String>> wrong) {
        if (given == null) {
            return List.of();
        }
        if (given.size() > MOST) {
            wrong.put(field, List.of("must be at most " + MOST));
            return List.of();
        }
        Set<String> texts = new LinkedHashSet<>();
        for (String text : given) {
            String name = text == null ? "" : text.strip();
            if (!known.test(name)) {
                wrong.put(field, List.of("holds '" + InvalidRequest.shown(name) + "'" + expected));
            }
            texts.add(name);
        }
        return List.copyOf(texts);
    }
}
