package io.faradaybridge.sandbox.jira;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends each request to the part that answers it; calls of REST and OAuth are noted and may go wrong on the way. */
final class FrontDoor {

    private static final String API = "/rest/api/2";
    private static final String SERVICE_DESK = "/rest/servicedeskapi";
    private static final String OAUTH = "/plugins/servlet/oauth/";
    private static final String CONTROL = "/sandbox";
    private static final String BROWSE = "/browse/";
    /** As which the bridge calls; tests of the sandbox itself call as others, and wrongly on purpose. */
    private static final String BRIDGE = "faraday-jira-bridge";

    private final Site site;
    private final RestApi rest;
    private final OAuthServlets oauth;
    private final ServiceAccounts serviceAccounts;
    private final ControlPlane control;
    private final BrowsePage browse;
    private final Faults faults;
    private final Mishaps mishaps;
    private final Oddities oddities;
    private final CallLog calls;

    FrontDoor(
            Site site,
            RestApi rest,
            OAuthServlets oauth,
            ServiceAccounts serviceAccounts,
            ControlPlane control,
            BrowsePage browse,
            Faults faults,
            Mishaps mishaps,
            Oddities oddities,
            CallLog calls) {
        this.site = site;
        this.rest = rest;
        this.oauth = oauth;
        this.serviceAccounts = serviceAccounts;
        this.control = control;
        this.browse = browse;
        this.faults = faults;
        this.mishaps = mishaps;
        this.oddities = oddities;
        this.calls = calls;
    }

    Answer answer(RawRequest request) {
        String raw = request.rawPath();
        if (site.isCloud() && raw.startsWith(Gateway.PATH + API + "/")) {
            String call = raw.substring(Gateway.PATH.length());
            return noted(request, call, work -> objection(work, call)
                    .orElseGet(() -> rest.atTheGateway(work, call.substring(API.length()))));
        }
        if (site.isCloud() && raw.equals(Gateway.TENANT_INFO)) {
            return noted(request, raw, work -> Gateway.tenantInfo());
        }
        String path = raw.startsWith(site.contextPath() + "/")
                ? raw.substring(site.contextPath().length())
                : "";
        if (path.startsWith(CONTROL + "/")) {
            return control.answer(request, path.substring(CONTROL.length()));
        }
        if (path.startsWith(BROWSE)) {
            return browse.answer(RawRequest.decode(path.substring(BROWSE.length())));
        }
        if (path.startsWith(API + "/")) {
            return noted(request, path, call -> objection(call, path)
                    .orElseGet(() -> rest.answer(call, path.substring(API.length()))));
        }
        if (path.startsWith(SERVICE_DESK + "/")) {
            return noted(request, path, call -> rest.answer(call, path.substring("/rest".length())));
        }
        if (site.hasServiceAccounts() && path.equals(ServiceAccounts.TOKEN)) {
            return noted(request, path, serviceAccounts::token);
        }
        if (path.startsWith(OAUTH)) {
            return noted(request, path, call -> oauth.answer(call, path.substring(OAUTH.length())));
        }
        return Answer.html(404, BrowsePage.page("Not found", "<h1>Oops, you&#39;ve found a dead link.</h1>"));
    }

    /** A request of the bridge's that Atlassian's document does not know fails there and then, whichever story it belongs to. */
    private Optional<Answer> objection(RawRequest request, String path) {
        if (!request.header("User-Agent").orElse("").equals(BRIDGE)) {
            return Optional.empty();
        }
        List<String> objections = AtlassianDocument.of(site.deployment())
                .map(document -> document.objections(request, path))
                .orElse(List.of());
        return objections.isEmpty()
                ? Optional.empty()
                : Optional.of(Answer.json(
                        400,
                        Refusal.errors(
                                List.of("Not as Atlassian's document has it: " + request.method() + " "
                                        + request.target() + ": " + objections),
                                Map.of())));
    }

    private Answer noted(RawRequest request, String path, Mishaps.Work work) {
        CallLog.Entry entry = calls.arrived(request, path, site.clock().instant());
        Optional<Fault> fault = faults.draw(request.method(), path);
        Answer answer;
        try {
            answer = fault.isPresent() ? mishaps.answer(fault.get(), request, work) : work.answer(request);
        } catch (RuntimeException bug) {
            answer = Answer.text(500, "text/plain", "The sandbox itself failed: " + bug);
        }
        entry.answered(answer.status());
        return oddities.has(Oddities.Oddity.IDENTITY_WITHHELD) && !answer.isDropped()
                ? answer.without("X-AUSERNAME").without("X-AACCOUNTID").without("X-Seraph-LoginReason")
                : answer;
    }
}
