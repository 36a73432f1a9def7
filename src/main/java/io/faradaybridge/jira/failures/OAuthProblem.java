package io.faradaybridge.jira.failures;

import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.http.HttpAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error of Jira's OAuth filter, in {@code WWW-Authenticate} or as form-encoded text. It comes with 400, 401 and 503,
 * so it is read before the status.
 *
 * @param acceptableTimes {@code from-to} in seconds if the bridge's clock was refused; otherwise empty
 */
public record OAuthProblem(String name, String acceptableTimes) {

    private static final Pattern NAME = Pattern.compile("(?:^|[\\s,&])oauth_problem=\"?([a-z_]+)");
    private static final Pattern TIMES = Pattern.compile("oauth_acceptable_timestamps=\"?(\\d+)(?:-|%2D)(\\d+)");

    public static @Nullable OAuthProblem of(HttpAnswer answer) {
        if (answer.status() < 400) {
            return null;
        }
        String challenge = answer.header("WWW-Authenticate");
        // a JSON error may quote text of a user
        String text = answer.parsed() == null ? challenge + "\n" + answer.text() : challenge;
        Matcher problem = NAME.matcher(text);
        if (!problem.find()) {
            return null;
        }
        Matcher times = TIMES.matcher(text);
        return new OAuthProblem(problem.group(1), times.find() ? times.group(1) + "-" + times.group(2) : "");
    }

    /** The step of OAuth with the error. The same code means another thing in each. */
    public enum Step {
        REQUEST_TOKEN("a request token"),
        ACCESS_TOKEN("an access token"),
        RENEWAL("a new access token for the old one");

        private final String subject;

        Step(String subject) {
            this.subject = subject;
        }

        public String subject() {
            return subject;
        }
    }

    /** The meaning in that step and what to do, as the end of a sentence. */
    public String advice(Step step, Instant now) {
        return switch (name) {
            case "token_rejected", "token_revoked", "token_used" ->
                step == Step.RENEWAL
                        ? "it does not accept the old one any more; authorise the connection again"
                        : "it does not accept the code or does not know this authorisation; begin it again";
            case "token_expired" ->
                step == Step.RENEWAL
                        ? "it can no longer be renewed; authorise the connection again"
                        : "the ten minutes for it are over; begin the authorisation again";
            case "permission_unknown" -> "nobody has pressed Allow in Jira yet; begin again, and allow it there first";
            case "permission_denied", "user_refused" ->
                step == Step.RENEWAL
                        ? "it can no longer be renewed; authorise the connection again"
                        : "the access was denied in Jira; begin the authorisation again and press Allow";
            case "parameter_rejected" ->
                "it does not accept the callback address; set bridge.public-url to the absolute http(s) address of the"
                        + " bridge, or authorise with \"callback\": \"oob\"";
            case "parameter_absent" ->
                "a part of the signature was missing when it arrived; something between the bridge and Jira changes"
                        + " the Authorization header";
            case "nonce_used" ->
                "it received the same request before; something between the bridge and Jira repeats requests. Begin"
                        + " again";
            default -> advice(now);
        };
    }

    /** Whether the same request had arrived before, because something between the bridge and Jira repeated it. */
    boolean seenBefore() {
        return name.equals("nonce_used");
    }

    public JiraProblem problem() {
        return switch (name) {
            case "token_rejected", "token_revoked", "token_used" -> JiraProblem.TOKEN_REJECTED;
            case "token_expired" -> JiraProblem.TOKEN_EXPIRED;
            case "consumer_key_unknown", "consumer_key_rejected", "consumer_key_refused" ->
                JiraProblem.UNKNOWN_CONSUMER;
            case "signature_invalid", "signature_method_rejected" -> JiraProblem.BAD_SIGNATURE;
            case "timestamp_refused" -> JiraProblem.CLOCK_SKEW;
            case "permission_unknown",
                    "permission_denied",
                    "user_refused",
                    "token_not_authorized",
                    "additional_authorization_required" -> JiraProblem.DENIED;
            default -> JiraProblem.OTHER;
        };
    }

    /** The meaning and what to do, as the end of a sentence. */
    String advice(Instant now) {
        return switch (name) {
            case "token_rejected", "token_revoked", "token_used" ->
                "it does not accept the access token any more; authorise the connection again";
            case "token_expired" -> "the access token has expired; authorise the connection again";
            case "consumer_key_unknown", "consumer_key_rejected", "consumer_key_refused" ->
                "it knows no such consumer key; compare the consumer key with the one in Jira's Application Link";
            case "signature_invalid" ->
                "it does not accept the signature; compare the public key with the one in Jira's Application Link, and the"
                        + " address of the connection with Jira's own base URL (scheme, host, port and path)";
            case "signature_method_rejected" ->
                "it does not accept RSA-SHA1 signatures; create the Application Link as an OAuth 1.0a link with a public key";
            case "timestamp_refused" -> clocks(now);
            case "permission_unknown", "permission_denied", "user_refused", "token_not_authorized" ->
                "nobody has allowed the access; authorise the connection again and press Allow in Jira";
            case "additional_authorization_required" ->
                "the user must allow the access again; authorise the connection again";
            default ->
                "its OAuth check failed; authorise the connection again, and compare both sides of the Application Link";
        };
    }

    private String clocks(Instant now) {
        String[] range = acceptableTimes.split("-");
        if (range.length != 2) {
            return "the clocks of this machine and Jira's differ too much; set both by NTP";
        }
        long jira = (Long.parseLong(range[0]) + Long.parseLong(range[1])) / 2;
        long ahead = Duration.between(Instant.ofEpochSecond(jira), now).toSeconds();
        return "the clock of this machine is about %d s %s Jira's; set both by NTP"
                .formatted(Math.abs(ahead), ahead < 0 ? "behind" : "ahead of");
    }
}
