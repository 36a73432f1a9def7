package io.faradaybridge.export;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.fields.Directory;
import io.faradaybridge.fields.IssueFields;
import io.faradaybridge.fields.JiraDirectory;
import io.faradaybridge.fields.TemplateCheck;
import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.client.CreateMeta;
import io.faradaybridge.jira.client.JiraClient;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The configured fields of an issue type on Jira's create screen. Screens are cached, and read again in doubt. */
@Component
public class ExportScreens {

    private final IntegrationConfigurationSource configuration;
    private final JiraClient jira;
    private final JiraClient interactive;
    private final JiraRequests requests;
    /** What was looked up lately. */
    private final Cache<Place, Directory> directories = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(5))
            .maximumSize(100)
            .build();

    private record Place(String site, String projectKey) {}

    ExportScreens(IntegrationConfigurationSource configuration, JiraClient jira, JiraRequests requests) {
        this.requests = requests;
        this.configuration = configuration;
        this.jira = jira;
        this.interactive = jira.interactive();
    }

    private Directory directory(JiraClient client, String projectKey) {
        return new JiraDirectory(client, requests, () -> client.kind() == JiraKind.CLOUD, projectKey);
    }

    /** The screen for the saved configuration. */
    public IssueScreen of(ExportChunk chunk) {
        return new IssueScreen(
                fields(jira, chunk.projectKey(), saved(chunk.projectKey(), chunk.issueType())),
                false,
                directories.get(
                        new Place(configuration.current().url(), chunk.projectKey()),
                        place -> directory(jira, place.projectKey())));
    }

    /** The screen for a configuration that a user is testing. */
    public IssueScreen tried(String projectKey, TicketConfig config) {
        return new IssueScreen(fields(interactive, projectKey, config), true, directory(interactive, projectKey));
    }

    /**
     * The issue type that is saved, by its name or by Jira's id of it, as it may be saved by either.
     *
     * @return the same text if no such type is saved
     */
    public String saved(ProjectSettings project, String nameOrId) {
        Set<String> saved = project.issueTypes().keySet();
        String wanted = nameOrId.strip();
        if (wanted.isEmpty() || saved.isEmpty() || saved.stream().anyMatch(wanted::equalsIgnoreCase)) {
            return wanted;
        }
        return interactive.issueTypes(project.key()).stream()
                .filter(type -> type.id().equals(wanted) || type.name().equalsIgnoreCase(wanted))
                .flatMap(type ->
                        saved.stream().filter(known -> known.equals(type.id()) || known.equalsIgnoreCase(type.name())))
                .findFirst()
                .orElse(wanted);
    }

    /** If the screen does not fit the configuration, it may have changed since it was read, so it is read once more. */
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
     * Whether the drafts of a chunk were made for an outdated screen. If Jira hides the screen: whether it has refused
     * fields that are not configured and not on the screen.
     *
     * @param refused the ids of the fields in Jira's refusal
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
