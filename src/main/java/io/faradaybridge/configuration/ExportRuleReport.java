package io.faradaybridge.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the export rules do, for the set-up and the status. */
public interface ExportRuleReport {

    /**
     * What the project's rule would export now, whether or not it is enabled.
     *
     * @param project with the rule to try
     */
    Matches matches(ProjectSettings project);

    /** The enabled rules of the active projects. */
    List<State> states();

    /**
     * @param first the ids of the first hundred
     * @param problem why no rule can be worked on, and what to do; null if they can
     */
    record Matches(
            long count, List<Integer> first, @Nullable String problem) {}

    /**
     * @param exported exports that the rule made within the last hour
     * @param waiting vulnerabilities that it matches and that wait, because its limit is reached
     * @param problem as in {@link Matches}
     */
    record State(
            String project,
            int limitPerHour,
            long exported,
            long waiting,
            @Nullable String problem) {}
}
