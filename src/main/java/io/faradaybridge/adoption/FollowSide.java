package io.faradaybridge.adoption;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.link.AdoptedLinks;
import io.faradaybridge.link.AdoptedLinks.Choice;
import io.faradaybridge.link.AdoptedLinks.Difference;
import io.faradaybridge.link.AdoptedLinks.Sent;
import io.faradaybridge.link.decision.Side;
import io.faradaybridge.link.decision.StatusPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes links that differ since their adoption follow one side, by a user's choice. It only sets the agreed pair so
 * that exactly the side to follow has moved. The flows then decide for each link and write by the protocol.
 */
@Component
class FollowSide {

    private final AdoptedLinks links;
    private final Activity activity;
    private final TransactionOperations transaction;

    FollowSide(AdoptedLinks links, Activity activity, TransactionOperations transaction) {
        this.links = links;
        this.activity = activity;
        this.transaction = transaction;
    }

    /**
     * The links that will be or were moved.
     *
     * @param confirmed if false, nothing was done and this is a preview
     * @param count the number of links to move
     * @param left the links that stay as they are, and why
     */
    record Report(boolean confirmed, long count, List<Move> moves, List<Left> left) {}

    /**
     * @param faraday the status of the vulnerabilities; {@code jira} is the status of their issues
     * @param to the new status of the other side
     */
    record Move(String project, String faraday, String jira, String to, long count) {}

    record Left(String project, String faraday, String jira, String reason, long count) {}

    Report follow(Side side, Choice choice, IntegrationSettings settings, boolean confirmed, FaradayUser user) {
        List<Move> moves = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        for (Difference difference : links.differences(choice)) {
            Optional<String> reason = reason(side, difference, settings);
            if (reason.isPresent()) {
                left.add(left(difference, reason.get()));
                continue;
            }
            StatusMapping mapping = settings.project(difference.projectKey())
                    .map(ProjectSettings::mapping)
                    .orElseThrow();
            long count = confirmed ? send(side, choice, difference, mapping, user) : difference.count();
            moves.add(new Move(
                    difference.projectKey(),
                    difference.shown().faraday().stored(),
                    difference.shown().jira().name(),
                    side.target(difference.shown(), mapping).orElseThrow(),
                    count));
        }
        return new Report(confirmed, moves.stream().mapToLong(Move::count).sum(), moves, left);
    }

    private static Optional<String> reason(Side side, Difference difference, IntegrationSettings settings) {
        Optional<String> resting = settings.restReason(difference.projectKey());
        if (resting.isPresent()) {
            return resting;
        }
        StatusPair shown = difference.shown();
        StatusMapping mapping = settings.project(difference.projectKey())
                .map(ProjectSettings::mapping)
                .orElse(StatusMapping.NONE);
        if (mapping.agree(shown.faraday(), shown.jira())) {
            return Optional.of("both sides mean the same now, because the mapping was changed");
        }
        if (side == Side.FARADAY) {
            return mapping.out(shown.faraday()).isPresent()
                    ? Optional.empty()
                    : Optional.of("'" + shown.faraday() + "' has no outgoing mapping; give it one first");
        }
        if (mapping.in(shown.jira()).isEmpty()) {
            return Optional.of("'" + shown.jira().name() + "' has no incoming mapping; give it one first");
        }
        return difference.writable()
                ? Optional.empty()
                : Optional.of("the workspace is read-only or not active; make it writable in Faraday first");
    }

    private long send(Side side, Choice choice, Difference difference, StatusMapping mapping, FaradayUser user) {
        String correlation = UUID.randomUUID().toString();
        return Objects.requireNonNull(transaction.execute(status -> {
            List<Sent> sent = links.markAsMoved(
                    choice, difference, side.aloneMoved(difference.shown(), mapping), user.id(), correlation);
            if (!sent.isEmpty()) {
                activity.recordAll(
                        Outcome.REPLAYED,
                        sent.stream()
                                .map(link -> new Activity.Subject(correlation, link.vulnerabilityId(), link.issueKey()))
                                .toList(),
                        user.username() + " lets " + (side == Side.JIRA ? "Faraday follow Jira" : "Jira follow Faraday")
                                + ": they differed since their adoption with " + difference.shown()
                                + ", and are to agree on '"
                                + side.target(difference.shown(), mapping).orElseThrow() + "'",
                        user.id());
            }
            return (long) sent.size();
        }));
    }

    private static Left left(Difference difference, String reason) {
        return new Left(
                difference.projectKey(),
                difference.shown().faraday().stored(),
                difference.shown().jira().name(),
                reason,
                difference.count());
    }
}
