package io.faradaybridge.export;

import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.MarkerRequests;
import io.faradaybridge.jira.answers.CreatedIssue;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.client.JiraClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Looks for issues whose creation has an unknown outcome, by their marker, twice after the times of E3. An issue that
 * is found is linked. If it is missing both times, the item is reserved again. In doubt the item becomes unknown, for a
 * user to resolve. If an earlier item of the vulnerability was given up, or a user sends the item again, the issue is
 * looked for once before it is created (E4, E6).
 */
@Component("exportLookup")
public class ExportLookup {

    /** E7: after so many creations of one item with an unknown outcome, the item becomes unknown. */
    private static final int MOST_CREATIONS = 5;

    private final ExportItems items;
    private final ExportLinking linking;
    private final JiraClient jira;

    ExportLookup(ExportItems items, ExportLinking linking, JiraClient jira) {
        this.items = items;
        this.linking = linking;
        this.jira = jira;
    }

    public void look(ExportChunk chunk) {
        for (ExportItem item : chunk.items()) {
            List<IssueSnapshot> found = items.markers(item).stream()
                    .flatMap(marker -> find(marker).stream())
                    .toList();
            ExportChunk one = chunk.only(List.of(item));
            if (found.size() == 1) {
                CreatedIssue issue =
                        new CreatedIssue(found.get(0).id(), found.get(0).key());
                items.exist(Map.of(item.id(), issue));
                linking.linkLate(List.of(new ExportLinking.Created(item, issue, null)));
            } else if (found.size() > 1) {
                items.toPerson(
                        one,
                        item,
                        "several issues carry markers of this vulnerability: "
                                + found.stream().map(IssueSnapshot::key).toList());
            } else if (item.lookFirst()) {
                items.mayBeCreated(one);
            } else if (item.looked() == 0) {
                items.awaitLook(
                        one,
                        one.ids(),
                        ExportItems.SECOND_LOOK,
                        1,
                        "not found yet; the bridge will look for" + " it once more");
            } else if (item.attempts() + 1 >= MOST_CREATIONS) {
                items.toPerson(
                        one,
                        item,
                        "sent " + MOST_CREATIONS + " times and never found in Jira; check whether Jira creates issues"
                                + " in this project");
            } else {
                items.backToReserved(one, Duration.ZERO, true, "not created; the item will be sent again");
            }
        }
    }

    /**
     * E3: an empty answer permits a creation, so {@code direct:jira-send} returns one only if Jira has confirmed the
     * bridge's account.
     */
    private List<IssueSnapshot> find(ExportItem.Marker marker) {
        if (marker.labelled()) {
            return jira.searchAll("labels = \"" + marker.label() + "\"");
        }
        return jira
                .searchAll("project = \"" + marker.projectKey() + "\" AND reporter = currentUser() AND "
                        + MarkerRequests.createdWithin(marker.minutesSinceSent()))
                .stream()
                .filter(issue -> carries(issue, marker))
                .toList();
    }

    private boolean carries(IssueSnapshot issue, ExportItem.Marker marker) {
        try {
            return jira.issueProperty(issue.id(), JiraRequests.MARKER_PROPERTY)
                    .path("value")
                    .path("marker")
                    .asText("")
                    .equals(marker.value().toString());
        } catch (JiraFailure failure) {
            if (failure.kind() == JiraFailure.Kind.GONE) {
                return false; // an issue without the property, or deleted meanwhile
            }
            throw failure;
        }
    }
}
