package io.faradaybridge.comments;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.comments.CommentRows.Found;
import io.faradaybridge.comments.CommentedProjects.Start;
import io.faradaybridge.comments.CommentsToFaraday.Result;
import io.faradaybridge.configuration.CommentCopying;
import io.faradaybridge.configuration.Direction;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.faraday.FaradayComments;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.answers.IssuesFound;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.RetryDelay;
import io.faradaybridge.web.CorrelationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The turns: finds links whose comments are due, and works on one link at a time, under its lease. */
@Component
class Comments {

    private static final int AT_ONCE = 20;

    /** Comments of Faraday in one statement, and in one turn. */
    private static final int PART = 1_000;

    private static final int MOST_PARTS = 50;

    private static final Duration NOT_WRITABLE = Duration.ofHours(1);

    private final IntegrationConfigurationSource configuration;
    private final JiraAvailability availability;
    private final CommentedProjects projects;
    private final FaradayComments faraday;
    private final CopiedComments copied;
    private final CommentRows rows;
    private final CommentsToJira toJira;
    private final CommentsToFaraday toFaraday;
    private final Activity activity;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private boolean switchedOff;

    Comments(
            IntegrationConfigurationSource configuration,
            JiraAvailability availability,
            CommentedProjects projects,
            FaradayComments faraday,
            CopiedComments copied,
            CommentRows rows,
            CommentsToJira toJira,
            CommentsToFaraday toFaraday,
            Activity activity) {
        this.configuration = configuration;
        this.availability = availability;
        this.projects = projects;
        this.faraday = faraday;
        this.copied = copied;
        this.rows = rows;
        this.toJira = toJira;
        this.toFaraday = toFaraday;
        this.activity = activity;
    }

    @EventListener
    void changed(CommentCopying.Changed change) {
        projects.change(change.projectKey(), change.copying(), change.copying().toJira() ? faraday.highestId() : 0);
    }

    /** A webhook named the issue of a link. */
    @EventListener
    void named(Hints.IssueNamed named) {
        if (copiesToFaraday()) {
            rows.name(named.linkId());
        }
    }

    /** The sweep finds an issue again and again: only a later change makes its comments due once more. */
    @EventListener
    void found(IssuesFound found) {
        if (copiesToFaraday()) {
            rows.nameChanged(found.issues().stream()
                    .map(issue -> new Found(issue.id(), age(issue.updated(), found.at())))
                    .toList());
        }
    }

    private static double age(Instant updated, @Nullable Instant at) {
        return at == null ? 0 : Duration.between(updated, at).toMillis() / 1000.0;
    }

    private boolean copiesToFaraday() {
        return configuration.current().commentCopying().values().stream().anyMatch(CommentCopying::toFaraday);
    }

    /** Called by the route. */
    List<CommentedLink> due() {
        IntegrationSettings settings = configuration.current();
        Map<String, CommentCopying> configured = settings.commentCopying();
        if (configured.isEmpty() && switchedOff) {
            return List.of();
        }
        projects.follow(configured, faraday::highestId);
        switchedOff = configured.isEmpty();
        Set<String> sending = open(settings, CommentCopying::toJira, Direction.FARADAY_TO_JIRA);
        Set<String> reading = open(settings, CommentCopying::toFaraday, Direction.JIRA_TO_FARADAY);
        if (sending.isEmpty() && reading.isEmpty()) {
            return List.of();
        }
        projects.start().ifPresent(this::find);
        return availability.available() ? rows.lease(sending, reading, AT_ONCE) : List.of();
    }

    /** The projects at work whose comments are copied that way now; while its direction is off, they wait. */
    private static Set<String> open(IntegrationSettings settings, Predicate<CommentCopying> way, Direction direction) {
        return settings.projectsAtWork(
                        project -> way.test(project.comments()) && settings.open(project.key(), direction))
                .keySet();
    }

    /** Records Faraday's new comments by their ids, so that the table is never read as a whole. */
    private void find(Start start) {
        int last = start.settled();
        FaradayComments.Part part;
        int parts = 0;
        do {
            part = faraday.after(last, PART);
            if (!part.addressed().isEmpty()) {
                copied.found(part.addressed());
            }
            last = Math.max(last, part.last());
        } while (part.seen() == PART && ++parts < MOST_PARTS);
        projects.seen(last, start);
    }

    /** Called by the route for each link. */
    void work(CommentedLink link) {
        CorrelationId.begin("comment");
        try {
            if (link.sends() && !toJira.send(link)) {
                return;
            }
            switch (link.reads() ? toFaraday.read(link) : Result.DONE) {
                case DONE -> rows.done(link);
                case LEASE_LOST -> {}
                case NOT_WRITABLE -> {
                    rows.later(link, NOT_WRITABLE, false);
                    later(
                            link,
                            "the vulnerability's workspace is read-only or not active; make it writable in Faraday, and"
                                    + " they are copied within an hour");
                }
            }
        } catch (JiraFailure failure) {
            later(link, failure);
        }
    }

    private void later(CommentedLink link, JiraFailure failure) {
        if (failure.kind() != JiraFailure.Kind.UNKNOWN_OUTCOME) { // else the lease stays while Jira may go on (L11)
            rows.later(link, RetryDelay.after(link.attempts(), failure.retryAfter(), random), failure.counts());
        }
        later(link, String.valueOf(failure.getMessage()));
    }

    private void later(CommentedLink link, String reason) {
        activity.record(
                Outcome.POSTPONED,
                CorrelationId.current(),
                link.vulnerabilityId(),
                link.issueKey(),
                "comments of " + link.issueKey() + " are copied later: " + reason,
                null);
    }
}
