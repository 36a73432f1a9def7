package io.faradaybridge.export;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.fields.IssueFields;
import io.faradaybridge.fields.TemplateCheck;
import io.faradaybridge.jira.CreateMeta;
import io.faradaybridge.jira.JiraClient;
import io.faradaybridge.jira.JiraKind;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is configured for an issue type, on the create screen that Jira shows for it: remembered, and asked for anew in doubt. */
@Component
class ExportScreens {

    private final IntegrationConfigurationSource configuration;
    private final JiraClient jira;
    private final JiraClient interactive;

    ExportScreens(IntegrationConfigurationSource configuration, JiraClient jira) {
        this.configuration = configuration;
        this.jira = jira;
        this.interactive = jira.interactive();
    }

    /** By the saved configuration. */
    IssueScreen of(ExportChunk chunk) {
        return new IssueScreen(fields(jira, chunk.projectKey(), saved(chunk.projectKey(), chunk.issueType())), false);
    }

    /** By a configuration that a person tries out, and waits for. */
    IssueScreen tried(String projectKey, TicketConfig config) {
        return new IssueScreen(fields(interactive, projectKey, config), true);
    }

    /** A screen that does not fit the configuration may have been changed since it was read, and is read once more. */
    private static @Nullable IssueFields fields(JiraClient jira, String projectKey, @Nullable TicketConfig config) {
        if (config == null) {
            return null;
        }
        IssueFields fields = remembered(jira, projectKey, config);
        if (fields.problems().isEmpty()) {
            return fields;
        }
        jira.renewCreateMeta(projectKey, config.issueType());
        return remembered(jira, projectKey, config);
    }

    private static IssueFields remembered(JiraClient jira, String projectKey, TicketConfig config) {
        CreateMeta meta = jira.createMeta(projectKey, config.issueType());
        IssueFields fields = IssueFields.of(
                projectKey,
                meta.issueType().id(),
                config,
                meta.fields(),
                jira.kind() == JiraKind.CLOUD,
                TemplateCheck.NONE);
        if (fields.wantsReporter()) {
            fields.reportedBy(jira.myself().reference());
        }
        return fields;
    }

    /**
     * Whether the drafts of a chunk were made for another screen than Jira has: one that it shows no more, or, where it hides
     * screens, one with fields that nobody configured and that are not on it.
     *
     * @param refused ids of the fields that Jira named when it refused the drafts
     */
    boolean changed(ExportChunk chunk, Set<String> refused) {
        if (jira.createMeta(chunk.projectKey(), chunk.issueType()).hidden() == null) {
            return jira.renewCreateMeta(chunk.projectKey(), chunk.issueType());
        }
        TicketConfig config = saved(chunk.projectKey(), chunk.issueType());
        Set<String> notAskedFor = Set.of();
        if (config != null) {
            IssueFields fields = remembered(jira, chunk.projectKey(), config);
            notAskedFor =
                    refused.stream().filter(field -> !fields.configures(field)).collect(Collectors.toSet());
        }
        return jira.learnNotOnScreen(chunk.projectKey(), chunk.issueType(), notAskedFor);
    }

    private @Nullable TicketConfig saved(String projectKey, String issueType) {
        return configuration
                .current()
                .project(projectKey)
                .map(project -> project.issueTypes().get(issueType))
                .orElse(null);
    }
}
