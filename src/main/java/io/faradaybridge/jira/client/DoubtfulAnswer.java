package io.faradaybridge.jira.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.CloudScopes;
import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.answers.JiraErrors;
import io.faradaybridge.jira.client.JiraCall.Outcome;
import io.faradaybridge.jira.http.HttpAnswer;
import io.faradaybridge.jira.http.HttpAnswer.Served;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks negative answers of Jira. Some Jiras answer an expired token like an anonymous visitor, without an error:
 * issues are missing, searches are empty, calls are refused. So a negative answer counts only if it names the bridge's
 * account, or if {@code /myself} returns the account directly before and after it. In turn, a 401 to one kind of call
 * is not a lost authorisation while {@code /myself} works, because a token may cover only some calls.
 */
final class DoubtfulAnswer {

    private static final String MYSELF = new JiraRequests().myself().path();
    /** Answered without sign-in. */
    private static final String SERVER_INFO = new JiraRequests().serverInfo().path();

    /** Lists in which Jira leaves out what the caller may not see. */
    private static final List<String> LISTS =
            List.of("issues", "transitions", "values", "issueTypes", "fields", "projects", "groups");

    private final Function<JiraRequest, Outcome> jira;
    private final JiraAccount account;

    DoubtfulAnswer(Function<JiraRequest, Outcome> jira, JiraAccount account) {
        this.jira = jira;
        this.account = account;
    }

    private enum Doubt {
        NONE,
        /** A 401: for this call, or for all. */
        LET_IN,
        /** Nothing was found or the call was refused, and the answer names no account. */
        ABSENCE,
        /** The result may hold only what everybody may see. */
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

    /** @return the outcome that replaces the doubtful one */
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
        if (!account.renew(account.site())) {
            return letInOrNot(refused);
        }
        // a 401 means that nothing was done, so a change may be sent again
        Outcome again = jira.apply(refused.request());
        return doubt(again) == Doubt.LET_IN ? letInOrNot(again) : settle(again);
    }

    private Outcome letInOrNot(Outcome refused) {
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
        String reason =
                JiraErrors.in(Objects.requireNonNull(again.answer()).json()).text();
        return failed(
                request,
                new JiraFailure(
                        Kind.REFUSED,
                        "Jira accepts the bridge's account, but not for " + request.subject() + " ("
                                + failure.status() + ")" + (reason.isEmpty() ? "" : ": " + reason)
                                + (CloudScopes.missing(reason)
                                        ? "; store a token that has the scope " + CloudScopes.of(request)
                                        : "; the token's scopes, or the account's permissions, do not cover this call"),
                        failure.status(),
                        true,
                        false,
                        null,
                        failure.fieldErrors(),
                        JiraProblem.FORBIDDEN));
    }

    /** Repeats the call between two calls of {@code /myself}, with the same credentials. */
    private Outcome absence(JiraRequest request) {
        JiraSite before = account.site();
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
        return account.site().equals(before)
                ? again
                : failed(
                        request,
                        later("the connection to Jira was changed while " + request.subject() + " was being read"));
    }

    private Outcome knownAfter(Outcome outcome) {
        JiraFailure stranger = whyUnknown(outcome.request());
        return stranger == null ? outcome : failed(outcome.request(), stranger);
    }

    /** The change must not be repeated, but the bridge can ask for its issue. */
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
        return failed(request, later("Jira did not find " + request.subject() + ", but shows it on request"));
    }

    /** @return why it is not certain that Jira accepts the credentials; null if it does */
    private @Nullable JiraFailure whyUnknown(JiraRequest work) {
        JiraRequest myself = new JiraRequests().myself();
        Outcome outcome = jira.apply(work.attended() ? myself.interactive() : myself);
        if (outcome.unknown() != null) {
            return later("it could not be found out to which account Jira's answer about" + " " + work.subject()
                    + " was given");
        }
        JiraFailure failure = outcome.failure();
        if (failure == null || failure.kind() == Kind.TRANSIENT || failure.kind() == Kind.UNAUTHORISED) {
            return failure;
        }
        return new JiraFailure(
                Kind.UNAUTHORISED,
                "Jira did not confirm the bridge's account, so its answer about" + " " + work.subject()
                        + " is ignored: " + failure.getMessage(),
                failure.status(),
                failure.answered(),
                true,
                null,
                Map.of(),
                failure.problem());
    }

    private static JiraFailure later(String message) {
        return JiraFailure.unanswered(
                Kind.TRANSIENT,
                Character.toUpperCase(message.charAt(0)) + message.substring(1) + "; the bridge asks again");
    }

    private static Outcome failed(JiraRequest request, JiraFailure failure) {
        return new Outcome(request, null, failure, null);
    }
}
