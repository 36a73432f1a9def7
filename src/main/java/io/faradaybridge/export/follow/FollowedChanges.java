package io.faradaybridge.export.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.IssueRequest;
import io.faradaybridge.activity.LastRequests;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.export.follow.FollowTurn.Event;
import io.faradaybridge.jira.EditRequests;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.link.RetryDelay;
import io.faradaybridge.web.CorrelationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings changed fields into an issue: asks Jira what it has, leaves alone what a user changed there, and sends the rest. The
 * hash of what is sent is saved before the call, so that after a crash the bridge can still tell its own value from a user's.
 */
@Component
class FollowedChanges {

    private final FollowedRows rows;
    private final JiraClient jira;
    private final RemoteLinks remoteLinks;
    private final Activity activity;
    private final LastRequests requests;
    private final TransactionOperations transaction;
    private final RandomGenerator random = RandomGenerator.getDefault();

    FollowedChanges(
            FollowedRows rows,
            JiraClient jira,
            RemoteLinks remoteLinks,
            Activity activity,
            LastRequests requests,
            TransactionOperations transaction) {
        this.rows = rows;
        this.jira = jira;
        this.remoteLinks = remoteLinks;
        this.activity = activity;
        this.requests = requests;
        this.transaction = transaction;
    }

    /** The value of a followed field, as the vulnerability has it now. */
    record Wanted(CreateMetaField field, JsonNode value) {

        String id() {
            return field.fieldId();
        }
    }

    /**
     * What an issue is to have, as the vulnerability is now.
     *
     * @param settings the fingerprint of the configuration
     * @param unrendered why the fields cannot be rendered, so that Jira keeps what it has; empty if they can
     * @param remoteLink null if the issue is to get none
     */
    record Target(
            String settings,
            List<Wanted> fields,
            String unrendered,
            @Nullable ObjectNode remoteLink) {}

    void bring(FollowedLink link, Target target) {
        CorrelationId.begin("follow");
        FollowTurn turn = FollowTurn.of(link);
        try {
            if (bringFields(turn, target) && remoteLinks.bring(turn, target.remoteLink())) {
                conclude(turn, target.settings());
            }
        } catch (JiraFailure failure) {
            later(turn, failure);
        }
    }

    /** @return false if the lease is lost, so that another worker does it */
    private boolean bringFields(FollowTurn turn, Target target) {
        FollowedLink link = turn.link();
        if (!target.unrendered().isEmpty()) {
            turn.say(Outcome.IGNORED, link.issueKey() + " does not follow its vulnerability: " + target.unrendered());
            return true;
        }
        boolean asBefore = link.reconfigured(target.settings()) && !link.changed();
        List<Wanted> changed = new ArrayList<>();
        for (Wanted one : target.fields()) {
            FollowedField known = link.field(one.id());
            if (known.rendered() == null || asBefore) {
                turn.fields().put(one.id(), known.rendered(one.value()));
            } else if (!known.isRendered(one.value())) {
                changed.add(one);
            }
        }
        return changed.isEmpty() || send(turn, changed);
    }

    void later(FollowedLink link, JiraFailure failure) {
        later(FollowTurn.of(link), failure);
    }

    private void later(FollowTurn turn, JiraFailure failure) {
        FollowedLink link = turn.link();
        turn.say(
                Outcome.POSTPONED,
                "what changed in Faraday is sent to " + link.issueKey() + " later: " + failure.getMessage());
        Duration wait = RetryDelay.after(link.attempts(), failure.retryAfter(), random);
        Duration underWay = RemoteLinks.underWay(turn, failure);
        Duration pause = wait.compareTo(underWay) < 0 ? underWay : wait;
        save(turn, () -> rows.later(link, turn.fields(), pause, failure.counts()));
    }

    private void conclude(FollowTurn turn, String settings) {
        save(turn, () -> rows.done(turn.link(), settings, turn.fields()));
    }

    /** @param save false if the lease is lost */
    private void save(FollowTurn turn, BooleanSupplier save) {
        transaction.executeWithoutResult(status -> {
            if (save.getAsBoolean()) {
                turn.events().forEach(event -> record(turn.link(), event));
            }
        });
    }

    /** @return false if the lease is lost, so that another worker does it */
    private boolean send(FollowTurn turn, List<Wanted> changed) {
        FollowedLink link = turn.link();
        JsonNode issue = read(link, changed);
        FieldHistory history = FieldHistory.of(issue);
        List<Wanted> ours = new ArrayList<>();
        List<Wanted> users = new ArrayList<>();
        for (Wanted one : changed) {
            FollowedField known = link.field(one.id());
            boolean asCreated = link.created() && history.isAsCreated(one.field());
            switch (known.owner(one.value(), issue.path("fields").path(one.id()), asCreated)) {
                case SAME -> turn.fields().put(one.id(), known.sent(one.value(), null));
                case BRIDGE -> ours.add(one);
                case USER -> {
                    turn.fields().put(one.id(), known.rendered(one.value()));
                    users.add(one);
                }
            }
        }
        if (!users.isEmpty()) {
            turn.say(
                    Outcome.IGNORED,
                    names(users) + " changed in Faraday, but is left as it is in " + link.issueKey()
                            + ", since a user changed it there");
        }
        return edit(turn, ours);
    }

    /** Sends all; if Jira refuses fields, the others without them. */
    private boolean edit(FollowTurn turn, List<Wanted> ours) {
        FollowedLink link = turn.link();
        List<Wanted> sending = new ArrayList<>(ours);
        while (!sending.isEmpty()) {
            ObjectNode edit = JsonNodeFactory.instance.objectNode();
            for (Wanted one : sending) {
                turn.fields().put(one.id(), link.field(one.id()).sending(one.value()));
                edit.set(one.id(), one.value());
            }
            if (!rows.sending(link, turn.fields())) {
                return false;
            }
            try {
                JiraAnswer answer = jira.send(EditRequests.editIssue(link.issueId(), edit));
                requests.keep(IssueRequest.of(link.vulnerabilityId(), answer));
                sent(turn, sending);
                return true;
            } catch (JiraFailure failure) {
                requests.keep(IssueRequest.of(link.vulnerabilityId(), failure));
                if (!failure.refusedOrGone()) {
                    throw failure;
                }
                List<Wanted> refused = refused(sending, failure);
                refused.forEach(
                        one -> turn.fields().put(one.id(), link.field(one.id()).rendered(one.value())));
                sending.removeAll(refused);
                turn.say(
                        Outcome.REFUSED,
                        names(refused) + " of " + link.issueKey() + " cannot follow the vulnerability: "
                                + failure.getMessage());
            }
        }
        return true;
    }

    private static List<Wanted> refused(List<Wanted> sending, JiraFailure failure) {
        List<Wanted> named = sending.stream()
                .filter(one -> failure.fieldErrors().containsKey(one.id()))
                .toList();
        return named.isEmpty() ? List.copyOf(sending) : named;
    }

    private void sent(FollowTurn turn, List<Wanted> sending) {
        FollowedLink link = turn.link();
        JsonNode after = shownAfterwards(link, sending);
        for (Wanted one : sending) {
            JsonNode shown =
                    after != null && isOurs(after, one) ? after.path("fields").path(one.id()) : null;
            turn.fields().put(one.id(), link.field(one.id()).sent(one.value(), shown));
        }
        turn.say(Outcome.DRIVEN, names(sending) + " of " + link.issueKey() + " was changed, as it changed in Faraday");
    }

    private boolean isOurs(JsonNode issue, Wanted field) {
        return FieldHistory.of(issue)
                .lastAuthor(field.field())
                .filter(jira.myself().id()::equals)
                .isPresent();
    }

    /** Cloud keeps texts in a form of its own, and shows them in wiki markup that may differ from what it took. */
    private @Nullable JsonNode shownAfterwards(FollowedLink link, List<Wanted> sending) {
        boolean texts = sending.stream()
                .anyMatch(one -> one.value().isTextual() && !one.id().equals("summary"));
        try {
            return texts && jira.kind() == JiraKind.CLOUD ? read(link, sending) : null;
        } catch (JiraFailure unread) {
            return null;
        }
    }

    private JsonNode read(FollowedLink link, List<Wanted> fields) {
        return jira.send(EditRequests.issueFields(
                        link.issueId(), fields.stream().map(Wanted::id).toList()))
                .body();
    }

    private static String names(List<Wanted> fields) {
        return fields.stream().map(one -> one.field().name()).collect(Collectors.joining(", "));
    }

    private void record(FollowedLink link, Event event) {
        activity.record(
                event.outcome(),
                CorrelationId.current(),
                link.vulnerabilityId(),
                link.issueKey(),
                event.detail(),
                null);
    }
}
