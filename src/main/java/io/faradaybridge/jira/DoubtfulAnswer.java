package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.JiraCall.Outcome;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.http.HttpAnswer;
import io.faradaybridge.jira.http.HttpAnswer.Served;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Some Jiras serve a token that ended as they serve an anonymous visitor, without a word: issues are gone for it, searches
 * empty, work is refused. What is not there, or not allowed, therefore counts only where the answer shows that it was given to
 * us, or where Jira knows us right before and after it. On the other side a 401 to one kind of call is no lost authorisation
 * while Jira knows us otherwise: a token may not cover everything.
 */
final class DoubtfulAnswer {

    private static final String MYSELF = new JiraRequests().myself().path();
    /** Told to anybody. */
    private static final String SERVER_INFO = new JiraRequests().serverInfo().path();

    /** Lists of which Jira leaves out what the caller may not see. */
    private static final List<String> LISTS =
            List.of("issues", "transitions", "values", "issueTypes", "fields", "projects", "groups");

    private final Function<JiraRequest, Outcome> jira;
    private final Supplier<JiraSite> site;

    DoubtfulAnswer(Function<JiraRequest, Outcome> jira, Supplier<JiraSite> site) {
        this.jira = jira;
        this.site = site;
    }

    private enum Doubt {
        NONE,
        /** Not let in to this; perhaps to nothing. */
        LET_IN,
        /** Nothing, or a refusal, and not told to whom. */
        ABSENCE,
        /** Perhaps only what everybody may see. */
        PART
    }

    static boolean doubts(Outcome outcome) {
        return doubt(outcome) != Doubt.NONE;
    }

    private static Doubt doubt(Outcome outcome) {
        HttpAnswer answer = outcome.answer();
        String path = outcome.request().path();
        if (answer == null || path.equals(MYSELF) || path.equals(SERVER_INFO)) {
            return Doubt.NONE;
        }
        JiraFailure failure = outcome.failure();
        if (failure != null && failure.kind() == Kind.UNAUTHORISED) {
            return answer.status() == 401 && failure.problem() == JiraProblem.ANONYMOUS ? Doubt.LET_IN : Doubt.NONE;
        }
        if (answer.served() != Served.UNTOLD) {
            return Doubt.NONE;
        }
        if (failure != null) {
            return failure.refusedOrGone() ? Doubt.ABSENCE : Doubt.NONE;
        }
        if (outcome.request().operation() != JiraOperation.READ) {
            return answer.succeeded() ? Doubt.NONE : Doubt.ABSENCE; // a bulk creation of which every element failed
        }
        return emptyList(answer.json())
                ? Doubt.ABSENCE
                : answer.json().has("issues") || answer.json().has("transitions") ? Doubt.PART : Doubt.NONE;
    }

    private static boolean emptyList(JsonNode body) {
        return body.isArray()
                ? body.isEmpty()
                : LISTS.stream()
                        .anyMatch(name ->
                                body.path(name).isArray() && body.path(name).isEmpty());
    }

    /** @return what counts in place of the doubtful outcome */
    Outcome settle(Outcome doubtful) {
        return switch (doubt(doubtful)) {
            case NONE -> doubtful;
            case LET_IN -> letIn(doubtful);
            case PART -> knownAfter(doubtful);
            case ABSENCE ->
                doubtful.request().operation().repeatable() ? absence(doubtful.request()) : refusedChange(doubtful);
        };
    }

    private Outcome letIn(Outcome refused) {
        JiraRequest request = refused.request();
        JiraFailure stranger = whyUnknown(request);
        if (stranger != null) {
            return stranger.kind() == Kind.UNAUTHORISED ? refused : failed(request, stranger);
        }
        Outcome again = request.operation().repeatable() ? jira.apply(request) : refused;
        if (doubt(again) != Doubt.LET_IN) {
            return again;
        }
        JiraFailure failure = Objects.requireNonNull(again.failure());
        String words =
                JiraErrors.in(Objects.requireNonNull(again.answer()).json()).text();
        return failed(
                request,
                new JiraFailure(
                        Kind.REFUSED,
                        "Jira knows the bridge's account, but does not let it in to " + request.subject() + " ("
                                + failure.status() + ")" + (words.isEmpty() ? "" : ": " + words)
                                + "; the token's scopes, or the account's permissions, do not cover this call",
                        failure.status(),
                        true,
                        false,
                        null,
                        failure.fieldErrors(),
                        JiraProblem.FORBIDDEN));
    }

    /** Known before, asked again, known after, with the same credentials. */
    private Outcome absence(JiraRequest request) {
        JiraSite before = site.get();
        JiraFailure stranger = whyUnknown(request);
        if (stranger != null) {
            return failed(request, stranger);
        }
        Outcome again = jira.apply(request);
        if (doubt(again) != Doubt.ABSENCE && doubt(again) != Doubt.PART) {
            return again;
        }
        JiraFailure strangerNow = whyUnknown(request);
        if (strangerNow != null) {
            return failed(request, strangerNow);
        }
        return site.get().equals(before)
                ? again
                : failed(
                        request,
                        later("the connection to Jira was changed while " + request.subject() + " was asked for"));
    }

    private Outcome knownAfter(Outcome outcome) {
        JiraFailure stranger = whyUnknown(outcome.request());
        return stranger == null ? outcome : failed(outcome.request(), stranger);
    }

    /** Not to be repeated; but whether its issue is there can be asked. */
    private Outcome refusedChange(Outcome refused) {
        JiraFailure failure = refused.failure();
        if (failure == null || failure.kind() != Kind.GONE) {
            return knownAfter(refused);
        }
        JiraRequest request = refused.request();
        Outcome issue = absence(request.aboutItsIssue());
        if (issue.failure() != null) {
            return failed(request, issue.failure());
        }
        return failed(request, later("Jira did not find " + request.subject() + ", but shows it when asked for"));
    }

    /** @return why we cannot say that Jira knows us; null: it does */
    private @Nullable JiraFailure whyUnknown(JiraRequest work) {
        JiraRequest myself = new JiraRequests().myself();
        Outcome outcome = jira.apply(work.attended() ? myself.interactive() : myself);
        if (outcome.unknown() != null) {
            return later("whom Jira answered about " + work.subject() + " could not be found out");
        }
        JiraFailure failure = outcome.failure();
        if (failure == null || failure.kind() == Kind.TRANSIENT || failure.kind() == Kind.UNAUTHORISED) {
            return failure;
        }
        return new JiraFailure(
                Kind.UNAUTHORISED,
                "Jira did not say that it knows the bridge, so what it answered about " + work.subject()
                        + " does not count: " + failure.getMessage(),
                failure.status(),
                failure.answered(),
                true,
                null,
                Map.of(),
                failure.problem());
    }

    private static JiraFailure later(String message) {
        return new JiraFailure(
                Kind.TRANSIENT,
                Character.toUpperCase(message.charAt(0)) + message.substring(1) + "; it is asked again",
                0,
                false,
                false,
                null,
                Map.of());
    }

    private static Outcome failed(JiraRequest request, JiraFailure failure) {
        return new Outcome(request, null, failure, null);
    }
}
