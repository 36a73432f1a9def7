package io.faradaybridge.jira.failures;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.answers.JiraErrors;
import io.faradaybridge.jira.http.HttpAnswer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Recognises a Jira that can only be read, because its licence ended or it is in maintenance. Only its messages show
 * this. A refusal for one field, issue or archived project is something else.
 */
final class ReadOnlyJira {

    private static final String THE_WHOLE = "\\b(jira|site|instance|application|server|system|product|licen[cs]e)\\b";

    private static final Pattern SAYS_SO = Pattern.compile(
            "read[- ]?only mode|maintenance mode|unlicen[cs]ed|expired licen[cs]e"
                    + "|" + THE_WHOLE + "[^.;]{0,80}\\bread[- ]?only\\b"
                    + "|\\bread[- ]?only\\b[^.;]{0,80}" + THE_WHOLE
                    + "|\\b(licen[cs]es?|evaluation period|subscription|user"
                    + " limit)\\b[^.;]{0,80}\\b(expired|ended|exceeded|lapsed|not valid|invalid)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern OF_A_PART =
            Pattern.compile("archiv|\\bfields?\\b|\\bscheme\\b", Pattern.CASE_INSENSITIVE);

    private static final int PAYMENT_REQUIRED = 402;

    private ReadOnlyJira() {}

    /** Whether Jira refused a change because it takes no changes. */
    static boolean refuses(JiraRequest request, HttpAnswer answer) {
        if (request.operation() == JiraOperation.READ || answer.status() < 400) {
            return false;
        }
        JsonNode elements = answer.json().path("errors");
        if (elements.path(0).has("failedElementNumber")) {
            for (JsonNode element : elements) {
                if (!says(JiraErrors.in(element.path("elementErrors")).messages())) {
                    return false;
                }
            }
            return answer.json().path("issues").isEmpty();
        }
        return answer.status() == PAYMENT_REQUIRED
                || says(JiraErrors.in(answer.json()).messages());
    }

    private static boolean says(List<String> messages) {
        return messages.stream()
                .anyMatch(message -> SAYS_SO.matcher(message).find()
                        && !OF_A_PART.matcher(message).find());
    }
}
