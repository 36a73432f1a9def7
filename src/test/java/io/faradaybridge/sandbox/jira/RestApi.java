package io.faradaybridge.sandbox.jira;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** {@code /rest/api/2}: who calls, what for, and in which words a refusal comes back. */
final class RestApi {

    private static final int WRITES_PER_ISSUE = 20;
    private static final Duration WRITE_WINDOW = Duration.ofSeconds(2);

    private final Site site;
    private final Authentication authentication;
    private final Oddities oddities;
    private final Mishaps mishaps;
    private final Routes routes;
    private final Map<String, Deque<Instant>> writes = new ConcurrentHashMap<>();

    RestApi(Site site, Authentication authentication, Oddities oddities, Mishaps mishaps, Routes routes) {
        this.site = site;
        this.authentication = authentication;
        this.oddities = oddities;
        this.mishaps = mishaps;
        this.routes = routes;
    }

    /** @param path below {@code /rest/api/2} */
    Answer answer(RawRequest request, String path) {
        return answer(request, path, () -> authentication.callerOf(request));
    }

    /** The same call by Atlassian's gateway. */
    Answer atTheGateway(RawRequest request, String path) {
        return answer(request, path, () -> authentication.atTheGateway(request, path));
    }

    private Answer answer(RawRequest request, String path, Supplier<Caller> who) {
        Caller caller;
        try {
            caller = who.get();
        } catch (Refusal refusal) {
            return refusal.answer();
        }
        return identified(answer(request, path, caller), caller)
                .with("X-AREQUESTID", Integer.toHexString(System.identityHashCode(request)));
    }

    private Answer answer(RawRequest request, String path, Caller caller) {
        try {
            if (isOneWriteTooMany(request, path)) {
                return mishaps.tooMany(WRITE_WINDOW, "jira-per-issue-on-write");
            }
            requireJson(request);
            return routes.answer(request, path, caller);
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    private Answer identified(Answer answer, Caller caller) {
        Answer reasoned =
                caller.loginReason().isEmpty() ? answer : answer.with("X-Seraph-LoginReason", caller.loginReason());
        if (site.isCloud()) {
            return caller.person()
                    .map(person -> reasoned.with("X-AACCOUNTID", person.accountId()))
                    .orElse(reasoned);
        }
        return reasoned.with("X-AUSERNAME", caller.person().map(Person::name).orElse("anonymous"));
    }

    private static void requireJson(RawRequest request) {
        boolean writes = request.method().equals("POST") || request.method().equals("PUT");
        boolean file = request.rawPath().endsWith("/attachments");
        if (writes && !file && !request.header("Content-Type").orElse("").startsWith("application/json")) {
            throw Refusal.ofFramework(415, "Unsupported Media Type");
        }
    }

    private boolean isOneWriteTooMany(RawRequest request, String path) {
        if (request.method().equals("GET")
                || !path.matches("/issue/[^/]+/.+")
                || !oddities.has(Oddities.Oddity.WRITES_PER_ISSUE_LIMITED)) {
            return false;
        }
        Instant now = site.clock().instant();
        Deque<Instant> recent = writes.computeIfAbsent(path.split("/")[2], issue -> new ArrayDeque<>());
        synchronized (recent) {
            recent.removeIf(write -> write.isBefore(now.minus(WRITE_WINDOW)));
            recent.addLast(now);
            return recent.size() > WRITES_PER_ISSUE;
        }
    }
}
