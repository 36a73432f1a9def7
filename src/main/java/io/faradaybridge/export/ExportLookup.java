package io.faradaybridge.export;

import io.faradaybridge.jira.IssueSnapshot;
import io.faradaybridge.jira.JiraAvailability;
import io.faradaybridge.jira.JiraClient;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.project.IntegrationConfigurationSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Creations whose outcome is not known: looks for the issue by its marker, twice after the times of rule E3. Found: linked.
 * Absent both times: reserved again. In doubt: stops at "unknown", for a person.
 */
@Component("exportLookup")
public class ExportLookup {

    /** E7: so many creations of one item may end in the unknown before a person has to look. */
    private static final int MOST_CREATIONS = 5;

    private final ExportItems items;
    private final ExportLinking linking;
    private final IntegrationConfigurationSource configuration;
    private final JiraClient jira;
    private final JiraAvailability availability;

    ExportLookup(
            ExportItems items,
            ExportLinking linking,
            IntegrationConfigurationSource configuration,
            JiraClient jira,
            JiraAvailability availability) {
        this.items = items;
        this.linking = linking;
        this.configuration = configuration;
        this.jira = jira;
        this.availability = availability;
    }

    /** Items whose time to be looked for has come; null: none. */
    public @Nullable ExportChunk claim() {
        return availability.available()
                ? items.claimUnanswered(List.copyOf(configuration.current().keysAtWork()))
                        .orElse(null)
                : null;
    }

    public void look(ExportChunk chunk) {
        for (ExportItem item : chunk.items()) {
            List<IssueSnapshot> found = find(item);
            ExportChunk one = chunk.only(List.of(item));
            if (found.size() == 1) {
                items.exists(item.id(), found.get(0).id(), found.get(0).key());
                linking.link(item, found.get(0).id(), found.get(0).key());
            } else if (found.size() > 1) {
                items.end(
                        one,
                        item.id(),
                        "unknown",
                        "several issues carry this item's marker: "
                                + found.stream().map(IssueSnapshot::key).toList());
            } else if (item.looked() == 0) {
                items.awaitLook(one, one.ids(), ExportItems.SECOND_LOOK, 1, "not found yet; looked for once more");
            } else if (item.attempts() + 1 >= MOST_CREATIONS) {
                items.end(
                        one,
                        item.id(),
                        "unknown",
                        "sent " + MOST_CREATIONS + " times and never found in Jira; see whether Jira creates at all");
            } else {
                items.backToReserved(one, Duration.ZERO, true, "not created; it is sent again");
            }
        }
    }

    private List<IssueSnapshot> find(ExportItem item) {
        if (item.labelled()) {
            return jira.searchAll("labels = \"" + item.label() + "\"");
        }
        Instant sent = item.sentAt() == null ? Instant.now() : item.sentAt();
        long minutes = Duration.between(sent, Instant.now()).toMinutes() + 5;
        return jira
                .searchAll("project = \"" + item.projectKey() + "\" AND reporter = currentUser() AND created >= -"
                        + minutes + "m")
                .stream()
                .filter(issue -> carriesMarker(issue, item))
                .toList();
    }

    private boolean carriesMarker(IssueSnapshot issue, ExportItem item) {
        try {
            return jira.issueProperty(issue.id(), ExportItem.PROPERTY)
                    .path("value")
                    .path("marker")
                    .asText("")
                    .equals(item.marker().toString());
        } catch (JiraFailure failure) {
            if (failure.kind() == JiraFailure.Kind.GONE) {
                return false; // an issue without the property, or deleted meanwhile
            }
            throw failure;
        }
    }
}
