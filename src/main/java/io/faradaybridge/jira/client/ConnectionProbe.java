package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.answers.Myself;
import io.faradaybridge.jira.failures.FailureClassification;
import io.faradaybridge.jira.http.HttpAnswer;
import io.faradaybridge.jira.http.NoAnswer;
import io.faradaybridge.jira.http.RequestSignature;
import io.faradaybridge.jira.http.RequestSigner;
import io.faradaybridge.jira.http.SignedCalls;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks any site, configured or not, for the bridge's account and finds out what is wrong. A problem that it finds
 * pauses no work.
 */
@Component
public class ConnectionProbe {

    private static final Duration MYSELF = Duration.ofMillis(5500);
    private static final Duration SERVER_INFO = Duration.ofMillis(3000);
    /** For other paths, which are tried only if the host answers at once that there is no Jira; at most four. */
    private static final Duration ELSEWHERE = Duration.ofMillis(1500);

    private static final Pattern CLOUD_ID = Pattern.compile("[0-9a-fA-F-]{8,64}");

    private final SignedCalls calls;
    private final JiraRequests requests;
    private final Clock clock = Clock.systemUTC();

    ConnectionProbe(SignedCalls calls, JiraRequests requests) {
        this.calls = calls;
        this.requests = requests;
    }

    /**
     * What Jira returns about itself without sign-in.
     *
     * @param baseUrl the base URL in Jira's own configuration
     */
    public record Server(JiraKind kind, String version, String title, String baseUrl) {}

    /**
     * The result.
     *
     * @param account the bridge's account; null if Jira did not accept the credentials
     * @param server null if Jira could not be asked
     * @param problem null if there is none
     * @param message the result as a sentence
     */
    public record Result(
            @Nullable Myself account,
            @Nullable Server server,
            @Nullable JiraProblem problem,
            String message) {}

    /** The bridge's account at the site; ends within 6 s. */
    public Myself myself(JiraSite site) {
        return JiraReader.myself(send(requests.myself(), site).json());
    }

    /** Reads something of Jira's projects, to test whether the credentials cover such calls; ends within 6 s. */
    public void readsProjects(JiraSite site) {
        send(requests.projectTypes(), site);
    }

    private HttpAnswer send(JiraRequest request, JiraSite site) {
        return send(request, new RequestSigner.Party(site.apiUrl(), site.credentials(), Map.of()), MYSELF);
    }

    /**
     * The id of a Jira Cloud, which every site answers without sign-in; ends within 3 s.
     *
     * @throws JiraFailure of kind REFUSED if the address is not that of a Jira Cloud
     */
    public String cloudId(URI site) {
        JiraRequest request = new JiraRequest(
                JiraOperation.READ, "GET", "/_edge/tenant_info", List.of(), null, "the id of the Cloud site");
        String id = send(request, new RequestSigner.Party(site, null, Map.of()), SERVER_INFO)
                .json()
                .path("cloudId")
                .asText("");
        if (!CLOUD_ID.matcher(id).matches()) {
            throw JiraFailure.ofSite(
                    JiraFailure.Kind.REFUSED,
                    200,
                    site + " does not name the id of a Cloud site in " + request.path(),
                    JiraProblem.WRONG_BASE_URL);
        }
        return id;
    }

    /** The test of a connection; ends within 9 s, or within 15 s if it also tries other paths. */
    public Result probe(JiraSite site) {
        Myself account = null;
        JiraFailure failure = null;
        try {
            account = myself(site);
        } catch (JiraFailure notLetIn) {
            failure = notLetIn;
        }
        Server server = failure != null && !failure.answered() ? null : server(site.baseUrl(), SERVER_INFO);
        if (failure == null) {
            return new Result(account, server, null, greeting(site, Objects.requireNonNull(account), server));
        }
        String own = server == null ? "" : server.baseUrl();
        boolean mayBeTheAddress =
                switch (failure.problem()) {
                    case BAD_SIGNATURE, WRONG_BASE_URL, ANONYMOUS -> true;
                    default -> false;
                };
        if (mayBeTheAddress && !own.isEmpty() && !sameAddress(own, site.baseUrl())) {
            return new Result(
                    null,
                    server,
                    JiraProblem.WRONG_BASE_URL,
                    failure.getMessage() + ". Jira says that its own address is " + own + ", not " + site.baseUrl());
        }
        if (server == null && failure.problem() == JiraProblem.WRONG_BASE_URL) {
            String found = elsewhere(site.baseUrl());
            if (found != null) {
                return new Result(
                        null,
                        null,
                        JiraProblem.WRONG_BASE_URL,
                        "There is no Jira at " + site.baseUrl() + ", but there is one at " + found
                                + "; save that address");
            }
        }
        return new Result(null, server, failure.problem(), String.valueOf(failure.getMessage()));
    }

    /** The address of a Jira on the same host, if the configured path is too long or too short. */
    private @Nullable String elsewhere(URI baseUrl) {
        for (String path : otherPaths(baseUrl.getRawPath())) {
            URI candidate = baseUrl.resolve("/").resolve(path);
            URI base = URI.create(candidate.toString().replaceAll("/+$", ""));
            Server there = server(base, ELSEWHERE);
            if (there != null && !there.version().isEmpty()) {
                return base.toString();
            }
        }
        return null;
    }

    /** Each parent of the path, then Jira's default path. */
    private static List<String> otherPaths(String path) {
        List<String> others = new ArrayList<>();
        for (int end = path.lastIndexOf('/'); end >= 0 && others.size() < 3; end = path.lastIndexOf('/', end - 1)) {
            others.add(path.substring(0, end) + "/");
        }
        if (!path.equals("/jira")) {
            others.add("/jira");
        }
        return others;
    }

    /**
     * Why no secure connection to an address is possible; empty if one is, or if this cannot be found out now. Ends
     * within 3 s.
     */
    public String whyNotSecure(URI baseUrl) {
        if (!"https".equalsIgnoreCase(baseUrl.getScheme())) {
            return "";
        }
        try {
            send(requests.serverInfo(), new RequestSigner.Party(baseUrl, null, Map.of()), SERVER_INFO);
            return "";
        } catch (JiraFailure failure) {
            return failure.problem() == JiraProblem.TLS ? String.valueOf(failure.getMessage()) : "";
        }
    }

    private static String greeting(JiraSite site, Myself account, @Nullable Server server) {
        String let = "Jira knows the bridge as " + account.displayName();
        return server == null || server.baseUrl().isEmpty() || sameAddress(server.baseUrl(), site.baseUrl())
                ? let
                : let + "; it says that its own address is " + server.baseUrl() + ", not " + site.baseUrl()
                        + ": links to issues use the latter";
    }

    private @Nullable Server server(URI baseUrl, Duration deadline) {
        try {
            var info = send(requests.serverInfo(), new RequestSigner.Party(baseUrl, null, Map.of()), deadline)
                    .json();
            return new Server(
                    JiraKind.of(info),
                    info.path("version").asText(""),
                    info.path("serverTitle").asText(""),
                    info.path("baseUrl").asText("").replaceAll("/+$", ""));
        } catch (JiraFailure notEvenThat) {
            return null;
        }
    }

    /** Compares without the case of scheme and host, and without default ports. */
    private static boolean sameAddress(String reported, URI configured) {
        try {
            return RequestSignature.baseUri(URI.create(reported.toLowerCase(Locale.ROOT)))
                    .equals(RequestSignature.baseUri(
                            URI.create(configured.toString().toLowerCase(Locale.ROOT))));
        } catch (IllegalArgumentException | NullPointerException notAnAddress) {
            return false;
        }
    }

    private HttpAnswer send(JiraRequest request, RequestSigner.Party party, Duration deadline) {
        HttpAnswer answer;
        try {
            answer = calls.send(request.method(), request.path(), party, deadline);
        } catch (NoAnswer broken) {
            throw FailureClassification.ofBrokenCall(request, broken);
        }
        JiraFailure failure = FailureClassification.ofAnswer(
                request, party.credentials() == null ? answer.toAnybody() : answer, clock.instant());
        if (failure != null) {
            throw failure;
        }
        return answer;
    }
}
