package io.faradaybridge.export;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.fields.IssueFields;
import io.faradaybridge.fields.TemplateCheck;
import io.faradaybridge.jira.CreateMeta;
import io.faradaybridge.jira.JiraClient;
import io.faradaybridge.jira.JiraKind;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is configured for an issue type, on the create screen that Jira shows for it: remembered, and asked for anew in doubt. */
@Component
class ExportScreens {

    private final IntegrationConfigurationSource configuration;
    private final JiraClient jira;
    private final JiraClient attended;

    ExportScreens(IntegrationConfigurationSource configuration, JiraClient jira) {
        this.configuration = configuration;
        this.jira = jira;
        this.attended = jira.interactive();
    }

    /**
     * What the drafts of a chunk need of Jira is asked once: a Jira that is away fails the chunk, not fifty drafts. A screen
     * that does not fit the configuration may have been changed since it was read, and is read once more.
     */
    void ask(ExportChunk chunk) {
        JiraClient asked = client(chunk.tried());
        asked.kind();
        boolean fits = fields(chunk.tried(), chunk.projectKey(), chunk.issueType())
                .filter(fields -> fields.problems().isEmpty())
                .isPresent();
        if (!fits) {
            asked.renewCreateMeta(chunk.projectKey(), chunk.issueType());
        }
    }

    /**
     * Whether the drafts of a chunk were made for another screen than Jira has: one that it shows no more, or, where it hides
     * screens, one with fields that nobody configured and that are not on it.
     *
     * @param refused ids of the fields that Jira named when it refused the drafts
     */
    boolean changed(ExportChunk chunk, Set<String> refused) {
        JiraClient asked = client(chunk.tried());
        if (asked.createMeta(chunk.projectKey(), chunk.issueType()).hidden() == null) {
            return asked.renewCreateMeta(chunk.projectKey(), chunk.issueType());
        }
        Set<String> notAskedFor = fields(chunk.tried(), chunk.projectKey(), chunk.issueType())
                .map(fields -> refused.stream()
                        .filter(field -> !fields.configures(field))
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
        return asked.learnNotOnScreen(chunk.projectKey(), chunk.issueType(), notAskedFor);
    }

    /** @return empty: the issue type is not configured any more */
    Optional<IssueFields> fields(EnrichedItem enriched) {
        ExportItem item = enriched.item();
        return fields(enriched.tried(), item.projectKey(), item.issueType());
    }

    private Optional<IssueFields> fields(@Nullable TicketConfig tried, String projectKey, String issueType) {
        JiraClient asked = client(tried);
        return config(tried, projectKey, issueType).map(config -> {
            CreateMeta meta = asked.createMeta(projectKey, issueType);
            IssueFields fields = IssueFields.of(
                    projectKey,
                    meta.issueType().id(),
                    config,
                    meta.fields(),
                    asked.kind() == JiraKind.CLOUD,
                    TemplateCheck.NONE);
            if (fields.wantsReporter()) {
                fields.reportedBy(asked.myself().reference());
            }
            return fields;
        });
    }

    private Optional<TicketConfig> config(@Nullable TicketConfig tried, String projectKey, String issueType) {
        return Optional.ofNullable(tried)
                .or(() -> configuration.current().project(projectKey).map(project -> project.issueTypes()
                        .get(issueType)));
    }

    private JiraClient client(@Nullable TicketConfig tried) {
        return tried == null ? jira : attended;
    }
}
