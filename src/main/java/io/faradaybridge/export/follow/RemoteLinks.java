package io.faradaybridge.export.follow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.FaradayPages;
import io.faradaybridge.faraday.FaradaySeverity;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.EditRequests;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.answers.XmlText;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.link.RetryDelay;
import io.faradaybridge.tables.Sha256;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The remote link of an issue to Faraday's page of its vulnerability. Jira keeps one for each {@code globalId}, so a call whose
 * answer was lost is made again.
 */
@Component
class RemoteLinks {

    /** Its place among what an issue follows; no field of Jira has this id. */
    static final String KEY = "remote link";

    /** Jira may still carry out a call without an answer, and would overwrite what was sent after it. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(90);

    private static final int LONGEST_TITLE = 255;

    private final FollowedRows rows;
    private final JiraClient jira;
    private final FaradayPages pages;

    RemoteLinks(FollowedRows rows, JiraClient jira, FaradayPages pages) {
        this.rows = rows;
        this.jira = jira;
        this.pages = pages;
    }

    boolean wanted(ProjectSettings project) {
        return project.remoteLink() && pages.linkable();
    }

    /** A fingerprint of the settings that decide what a link holds. */
    String version() {
        return Sha256.hex(pages.of("{id}", "{workspace}"), 8);
    }

    /** The same for ever, or Jira would get a second link. */
    static String globalId(int vulnerabilityId) {
        return "faraday-vulnerability-" + vulnerabilityId;
    }

    /** The link as the vulnerability is now, in the form of the call. */
    ObjectNode of(VulnerabilityState vulnerability) {
        ObjectNode link = JsonNodeFactory.instance.objectNode();
        link.put("globalId", globalId(vulnerability.id()));
        link.putObject("application").put("name", "Faraday");
        ObjectNode object = link.putObject("object")
                .put("url", pages.of(String.valueOf(vulnerability.id()), vulnerability.workspaceName()))
                .put("title", title(vulnerability))
                .put(
                        "summary",
                        XmlText.of(FaradaySeverity.shown(vulnerability.severity()) + ", "
                                + vulnerability.status().stored() + ", workspace " + vulnerability.workspaceName()));
        object.putObject("icon").put("url16x16", pages.icon()).put("title", "Vulnerability");
        object.putObject("status")
                .put("resolved", vulnerability.status().done())
                .putObject("icon")
                .put("url16x16", pages.icon())
                .put("title", vulnerability.status().stored());
        return link;
    }

    private static String title(VulnerabilityState vulnerability) {
        String name = XmlText.of(vulnerability.name()).replaceAll("\\s+", " ").strip();
        if (name.isEmpty()) {
            return "vulnerability " + vulnerability.id();
        }
        if (name.length() <= LONGEST_TITLE) {
            return name;
        }
        int end = LONGEST_TITLE - 1;
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /**
     * Sends the link if Jira does not have it as it is now.
     *
     * @param link null if the issue is to get none
     * @return false if the lease is lost, so that another worker does it
     * @throws JiraFailure if it is to be tried again soon
     */
    boolean bring(FollowTurn turn, @Nullable ObjectNode link) {
        if (link == null) {
            return true;
        }
        FollowedLink followed = turn.link();
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        wanted.put("issue", followed.issueId()).set("link", link); // after a move to another Jira it is sent again
        FollowedField known = followed.field(KEY);
        if (known.isInJira(wanted)) {
            return true;
        }
        turn.fields().put(KEY, known.sending(wanted));
        if (!rows.sending(followed, turn.fields())) {
            return false;
        }
        try {
            jira.send(EditRequests.remoteLink(followed.issueId(), link));
            turn.fields().put(KEY, known.sent(wanted, null));
            if (known.isRefused()) {
                turn.say(Outcome.DRIVEN, followed.issueKey() + " has its remote link to Faraday now");
            }
        } catch (JiraFailure failure) {
            if (!isHopeless(followed, failure)) {
                throw failure;
            }
            turn.fields().put(KEY, known.refused(wanted));
            if (!known.isRefused()) {
                turn.say(
                        Outcome.REFUSED,
                        followed.issueKey() + " cannot get its remote link to Faraday: " + failure.getMessage()
                                + "; " + cure(failure, followed.projectKey())
                                + ". It is tried again when the vulnerability changes, and once a day");
            }
        }
        return true;
    }

    private static String cure(JiraFailure failure, String projectKey) {
        return switch (failure.status()) {
            case 403 ->
                "let the bridge's account link issues in " + projectKey
                        + " (permission Link Issues), and see that Jira has issue linking switched on";
            case 400 -> "see that bridge.faraday.url is an address that Jira takes";
            default -> "or switch \"remote_link\" of " + projectKey + " off";
        };
    }

    static boolean isHopeless(FollowedLink link, JiraFailure failure) {
        return failure.refusedOrGone() || (failure.counts() && link.attempts() >= RetryDelay.MAX_ATTEMPTS);
    }

    /** How long Jira may still be making or removing the link of this turn. */
    static Duration underWay(FollowTurn turn, JiraFailure failure) {
        FollowedField link = turn.fields().getOrDefault(KEY, FollowedField.NEW);
        return link.sending() != null && failure.kind() == JiraFailure.Kind.UNKNOWN_OUTCOME && !failure.answered()
                ? UNDER_WAY
                : Duration.ZERO;
    }
}
